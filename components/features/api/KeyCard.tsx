"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { SecretOnce } from "#components/features/SecretOnce.tsx";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { KeyTable } from "./KeyTable.tsx";

/** The keys to one environment's API. */
export function KeyCard(scope: ProjectScope) {
  const trpc = useTRPC();
  const keys = useQuery(trpc.deployments.keys.list.queryOptions(scope));
  return (
    <Card title="API keys" description="Whoever sends one may do all that the API can. Without one, nothing answers.">
      <div className="flex flex-col gap-5">
        <NewKey {...scope} />
        {keys.error ? <QueryFailure query={keys} /> : null}
        {keys.isPending ? <Skeleton className="h-20" /> : null}
        {keys.data?.length === 0 ? (
          <EmptyState
            icon={<KeyRound />}
            title="No keys yet"
            description="Name one after whoever will send it, such as “web shop”, and create it above."
            className="py-6"
          />
        ) : null}
        {keys.data && keys.data.length > 0 ? <KeyTable {...scope} keys={keys.data} /> : null}
      </div>
    </Card>
  );
}

function NewKey(scope: ProjectScope) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const create = useMutation(
    trpc.deployments.keys.create.mutationOptions({
      onSuccess: () => {
        setName("");
        return queries.invalidateQueries({ queryKey: trpc.deployments.keys.list.queryKey(scope) });
      },
    }),
  );
  const error = create.error ? apiError(create.error) : null;
  return (
    <div className="flex flex-col gap-3">
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ ...scope, name });
        }}
      >
        <Field label="Key name" className="min-w-48 flex-1" error={fieldMessage(error, "name") ?? error?.message}>
          <Input
            required
            maxLength={80}
            placeholder="web shop"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary" pending={create.isPending}>
          Create key
        </Button>
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
