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
import { Select } from "#components/ui/Select.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { expiryOf, type Lifetime, lifetimes } from "./lifetimes.ts";
import { TokenTable } from "./TokenTable.tsx";

/** Personal access tokens: the password with which Git lets one in. */
export function TokenSettings() {
  const trpc = useTRPC();
  const tokens = useQuery(trpc.tokens.list.queryOptions());
  return (
    <Card
      title="Access tokens"
      description="A token is the password of git clone and git push, and lets programs act for you. Give each machine its own."
    >
      <div className="flex flex-col gap-5">
        <NewToken />
        {tokens.error ? <QueryFailure query={tokens} /> : null}
        {tokens.isPending ? <Skeleton className="h-20" /> : null}
        {tokens.data && tokens.data.length > 0 ? <TokenTable tokens={tokens.data} /> : null}
        {tokens.data?.length === 0 ? (
          <EmptyState
            icon={<KeyRound />}
            title="No tokens yet"
            description="Name one after the machine it is for, such as “laptop”, and create it above."
            className="py-6"
          />
        ) : null}
      </div>
    </Card>
  );
}

function NewToken() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [lifetime, setLifetime] = useState<Lifetime>("90");
  const create = useMutation(
    trpc.tokens.create.mutationOptions({
      onSuccess: () => {
        setName("");
        return queries.invalidateQueries({ queryKey: trpc.tokens.list.queryKey() });
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
          create.mutate({ name, expiresAt: expiryOf(lifetime, new Date()) });
        }}
      >
        <Field label="Token name" className="min-w-48 flex-1" error={fieldMessage(error, "name") ?? error?.message}>
          <Input
            required
            maxLength={80}
            placeholder="laptop"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Expires" className="w-36">
          <Select options={lifetimes} value={lifetime} onValueChange={setLifetime} />
        </Field>
        <Button type="submit" variant="primary" pending={create.isPending}>
          Create token
        </Button>
      </form>
      {create.data ? (
        <SecretOnce
          label="Token"
          secret={create.data.token}
          hint="Copy it now; it is not shown again. Git asks for it as the password, with any user name."
        />
      ) : null}
    </div>
  );
}
