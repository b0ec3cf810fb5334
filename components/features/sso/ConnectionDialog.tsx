"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import type { SsoConnection } from "./ConnectionRow.tsx";

interface ConnectionDialogProps {
  organisation: string;
  /** Null: a new one is made. */
  known: SsoConnection | null;
  onClose: () => void;
  onChange: () => Promise<unknown>;
}

type Kind = SsoConnection["kind"];

export function ConnectionDialog({ organisation, known, onClose, onChange }: ConnectionDialogProps) {
  const trpc = useTRPC();
  const [kind, setKind] = useState<Kind>(known?.kind ?? "oidc");
  const [allowsUnasked, setAllowsUnasked] = useState(known?.allowsUnasked ?? false);
  const onSuccess = async () => {
    await onChange();
    onClose();
  };
  const create = useMutation(trpc.sso.connections.create.mutationOptions({ onSuccess }));
  const change = useMutation(trpc.sso.connections.change.mutationOptions({ onSuccess }));
  const failure = create.error ?? change.error;
  const error = failure ? apiError(failure) : null;
  const messageOf = (field: string) => fieldMessage(error, `connection.${field}`) ?? fieldMessage(error, field);
  const send = (form: FormData) => {
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const orNull = (name: string) => (text(name) === "" ? null : text(name));
    const common = { name: text("name"), groupsClaim: text("groupsClaim") || "groups", allowsUnasked };
    const connection =
      kind === "oidc"
        ? {
            ...{ kind, ...common, issuer: text("issuer"), clientId: text("clientId") },
            clientSecret: orNull("clientSecret"),
          }
        : { kind, ...common, metadataUrl: orNull("metadataUrl"), metadata: orNull("metadata") };
    if (known) change.mutate({ organisation, id: known.id, connection });
    else create.mutate({ organisation, connection });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={known ? `Change ${known.name}` : "Add a connection"}
      size="md"
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          send(new FormData(event.currentTarget));
        }}
      >
        {known ? null : (
          <SegmentedControl
            label="Kind"
            value={kind}
            onValueChange={setKind}
            options={[
              { value: "oidc", label: "OpenID Connect" },
              { value: "saml", label: "SAML 2.0" },
            ]}
          />
        )}
        <Field label="Name" hint="As your people call the provider." error={messageOf("name")}>
          <Input name="name" required maxLength={60} placeholder="Okta" defaultValue={known?.name ?? ""} />
        </Field>
        {kind === "oidc" ? (
          <OidcFields known={known} messageOf={messageOf} />
        ) : (
          <SamlFields known={known} messageOf={messageOf} />
        )}
        <Field
          label={kind === "oidc" ? "Claim with groups" : "Attribute with groups"}
          note="optional"
          error={messageOf("groupsClaim")}
        >
          <Input name="groupsClaim" placeholder="groups" defaultValue={known?.groupsClaim ?? "groups"} />
        </Field>
        {kind === "saml" ? (
          <Switch
            label="It may send people who did not begin here"
            hint="For tiles in the provider's own list of apps. Who clicks a stranger's link could then be signed in as somebody else; leave it off where you can."
            checked={allowsUnasked}
            onCheckedChange={setAllowsUnasked}
          />
        ) : null}
        {error && error.fields.length === 0 ? <Banner tone="danger">{error.message}</Banner> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={create.isPending || change.isPending}>
            {known ? "Save" : "Add connection"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  known: SsoConnection | null;
  messageOf: (field: string) => string | undefined;
}

function OidcFields({ known, messageOf }: FieldsProps) {
  return (
    <>
      <Field
        label="Issuer"
        hint="The address below which /.well-known/openid-configuration is."
        error={messageOf("issuer")}
      >
        <Input
          name="issuer"
          type="url"
          required
          placeholder="https://login.example.com"
          defaultValue={known?.issuer ?? ""}
        />
      </Field>
      <Field label="Client id" error={messageOf("clientId")}>
        <Input name="clientId" required autoComplete="off" spellCheck={false} defaultValue={known?.clientId ?? ""} />
      </Field>
      <Field
        label="Client secret"
        hint={known ? "Leave it empty to keep the one that is stored." : "It is stored encrypted and not shown again."}
        error={messageOf("clientSecret")}
      >
        <Input name="clientSecret" type="password" required={known === null} autoComplete="off" />
      </Field>
    </>
  );
}

function SamlFields({ known, messageOf }: FieldsProps) {
  return (
    <>
      <Field
        label="Address of the provider's metadata"
        hint="It is read again every few hours, so that a new certificate is known before the old one ends."
        error={messageOf("metadataUrl")}
      >
        <Input
          name="metadataUrl"
          type="url"
          placeholder="https://login.example.com/metadata"
          defaultValue={known?.metadataUrl ?? ""}
        />
      </Field>
      <Field
        label="Or the metadata itself"
        hint={known && !known.metadataUrl ? "Leave it empty to keep what was pasted." : "As XML."}
        error={messageOf("metadata")}
      >
        <Textarea name="metadata" rows={5} spellCheck={false} className="font-mono text-xs" />
      </Field>
    </>
  );
}
