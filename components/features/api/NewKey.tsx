"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SecretOnce } from "#components/features/SecretOnce.tsx";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { type KeyRights, KeyRightsFields } from "./KeyRightsFields.tsx";

const everything: KeyRights = { roles: null, actAs: false };

/** Names a key and says what it may do, which is everything unless one says otherwise. */
export function NewKey(scope: ProjectScope) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [rights, setRights] = useState(everything);
  const create = useMutation(
    trpc.deployments.keys.create.mutationOptions({
      onSuccess: () => {
        setName("");
        setRights(everything);
        return queries.invalidateQueries({ queryKey: trpc.deployments.keys.list.queryKey(scope) });
      },
    }),
  );
  const error = create.error ? apiError(create.error) : null;
  return (
    <div className="flex flex-col gap-3">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ ...scope, name, roles: rights.roles && [...rights.roles], actAs: rights.actAs });
        }}
      >
        <div className="flex flex-wrap items-end gap-3">
          <Field label="Key name" className="min-w-48 flex-1" error={fieldMessage(error, "name") ?? error?.message}>
            <Input
              required
              maxLength={80}
              placeholder="web shop"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <PermittedButton permission="settings.write" type="submit" variant="primary" pending={create.isPending}>
            Create key
          </PermittedButton>
        </div>
        <KeyRightsFields {...scope} rights={rights} onChange={setRights} />
      </form>
      {create.data ? (
        <SecretOnce
          label="API key"
          secret={create.data.apiKey}
          hint="Copy it now; it is not shown again. Send it as Authorization: Bearer."
        />
      ) : null}
    </div>
  );
}
