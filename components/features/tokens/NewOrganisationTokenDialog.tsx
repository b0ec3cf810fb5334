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
import { Select } from "#components/ui/Select.tsx";
import type { Scope } from "#lib/access/scopes.ts";
import { LifetimeFields } from "./LifetimeFields.tsx";
import { type ChosenLifetime, expiryOf } from "./lifetimes.ts";
import { ScopeFields } from "./ScopeFields.tsx";

interface NewOrganisationTokenDialogProps {
  organisation: string;
  mayLast: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: (token: string) => unknown;
}

const roles = [
  { value: "admin", label: "admin" },
  { value: "developer", label: "developer" },
  { value: "analyst", label: "analyst" },
  { value: "viewer", label: "viewer" },
] as const;

type TokenRole = (typeof roles)[number]["value"];

export function NewOrganisationTokenDialog(props: NewOrganisationTokenDialogProps) {
  return (
    <Dialog
      size="md"
      open={props.open}
      onOpenChange={props.onOpenChange}
      title="New token of the organisation"
      description="It may do what its role may, and of that what is ticked."
    >
      <NewTokenForm {...props} />
    </Dialog>
  );
}

function NewTokenForm({ organisation, mayLast, onOpenChange, onMade }: NewOrganisationTokenDialogProps) {
  const trpc = useTRPC();
  const [name, setName] = useState("");
  const [role, setRole] = useState<TokenRole>("developer");
  const [scopes, setScopes] = useState<readonly Scope[]>(["read", "model", "deploy"]);
  const [lifetime, setLifetime] = useState<ChosenLifetime>({ lifetime: "365", day: "" });
  const create = useMutation(
    trpc.tokens.organisation.create.mutationOptions({
      onSuccess: ({ token }) => {
        onOpenChange(false);
        return onMade(token);
      },
    }),
  );
  const error = create.error ? apiError(create.error) : null;
  const ofFields = ["name", "scopes", "expiresAt"].map((field) => fieldMessage(error, field));
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ organisation, name, role, scopes: [...scopes], expiresAt: expiryOf(lifetime, new Date()) });
      }}
    >
      <div className="flex flex-wrap items-start gap-3">
        <Field label="Name" className="min-w-40 flex-1" error={ofFields[0]}>
          <Input
            required
            autoFocus
            maxLength={80}
            placeholder="build server"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Role" className="w-32">
          <Select options={roles} value={role} onValueChange={setRole} />
        </Field>
        <LifetimeFields chosen={lifetime} onChange={setLifetime} mayLast={mayLast} error={ofFields[2]} />
      </div>
      <ScopeFields chosen={scopes} onChange={setScopes} error={ofFields[1]} />
      {error && ofFields.every((message) => message === undefined) ? (
        <Banner tone="danger">{error.message}</Banner>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" variant="primary" pending={create.isPending}>
          Create token
        </Button>
      </div>
    </form>
  );
}
