"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { PasskeyError, passkeyTrouble } from "../proof/showPasskey.ts";
import { useProvenMutation } from "../proof/useProvenMutation.ts";

interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

interface PasskeysCardProps {
  passkeys: readonly Passkey[];
  onAdded: (added: { recoveryCodes: readonly string[] | null }) => void;
}

/** Passkeys sign in by themselves, and count as a second factor. */
export function PasskeysCard({ passkeys, onAdded }: PasskeysCardProps) {
  const client = useTRPCClient();
  const [name, setName] = useState("");
  const add = useProvenMutation(
    async (given: string) => {
      const options = await client.factors.passkeys.begin.mutate();
      const { startRegistration } = await import("@simplewebauthn/browser");
      const answer = await startRegistration({ optionsJSON: options }).catch((error: unknown) => {
        throw new PasskeyError(passkeyTrouble(error));
      });
      return await client.factors.passkeys.add.mutate({ name: given, answer });
    },
    (added) => {
      setName("");
      onAdded(added);
    },
  );
  return (
    <Card
      title="Passkeys"
      description="Sign in with a fingerprint, a face, a security key or your password manager, without a password."
    >
      <div className="flex flex-col gap-4">
        {passkeys.length > 0 ? (
          <ul className="flex flex-col divide-y rounded-md border" aria-label="Passkeys">
            {passkeys.map((passkey) => (
              <PasskeyRow key={passkey.id} passkey={passkey} />
            ))}
          </ul>
        ) : (
          <EmptyState
            icon={<KeyRound />}
            title="No passkeys yet"
            description="Name one after where it is kept, such as “laptop”, and add it below."
            className="py-4"
          />
        )}
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate(name);
          }}
        >
          <Field
            label="Passkey name"
            className="min-w-48 flex-1"
            error={fieldMessage(add.failure, "name") ?? add.failure?.message}
          >
            <Input
              required
              maxLength={60}
              placeholder="laptop"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <Button type="submit" variant="primary" pending={add.isPending}>
            Add passkey
          </Button>
        </form>
      </div>
    </Card>
  );
}

function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const client = useTRPCClient();
  const [state, setState] = useState<"shown" | "renamed" | "doomed">("shown");
  const rename = useProvenMutation(
    (name: string) => client.factors.passkeys.rename.mutate({ id: passkey.id, name }),
    () => setState("shown"),
  );
  const remove = useProvenMutation(() => client.factors.passkeys.remove.mutate({ id: passkey.id }));
  const failure = rename.failure ?? remove.failure;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2">
      {state === "renamed" ? (
        <form
          className="flex min-w-0 flex-1 flex-wrap items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            rename.mutate(String(new FormData(event.currentTarget).get("name")));
          }}
        >
          <Field label="New name" hideLabel className="min-w-40 flex-1">
            <Input name="name" defaultValue={passkey.name} maxLength={60} required autoFocus />
          </Field>
          <Button size="sm" type="submit" pending={rename.isPending}>
            Save
          </Button>
          <Button size="sm" variant="ghost" onClick={() => setState("shown")}>
            Cancel
          </Button>
        </form>
      ) : (
        <>
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-2 font-medium text-sm">
              <span className="truncate">{passkey.name}</span>
              {passkey.backedUp ? <Badge>kept by a password manager</Badge> : null}
            </p>
            <p className="text-muted text-xs">
              Added <RelativeTime at={passkey.createdAt} />,{" "}
              {passkey.lastUsedAt ? (
                <>
                  last used <RelativeTime at={passkey.lastUsedAt} />
                </>
              ) : (
                "never used"
              )}
            </p>
          </div>
          <Button size="sm" variant="ghost" onClick={() => setState("renamed")} aria-label={`Rename ${passkey.name}`}>
            Rename
          </Button>
          <Button
            size="sm"
            variant="dangerGhost"
            pending={remove.isPending}
            onClick={() => setState("doomed")}
            aria-label={`Remove ${passkey.name}`}
          >
            Remove
          </Button>
        </>
      )}
      {failure ? (
        <Banner tone="danger" className="w-full">
          {failure.message}
        </Banner>
      ) : null}
      <ConfirmDialog
        open={state === "doomed"}
        onOpenChange={(open) => {
          if (!open) setState("shown");
        }}
        title={`Remove ${passkey.name}?`}
        description="One can no longer sign in with it. Delete it where it is kept, too."
        action="Remove passkey"
        onConfirm={() => {
          setState("shown");
          remove.mutate(undefined);
        }}
      />
    </li>
  );
}
