"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { SecretOnce } from "#components/features/SecretOnce.tsx";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { Scope } from "#lib/access/scopes.ts";
import { LifetimeFields } from "./LifetimeFields.tsx";
import { type ChosenLifetime, expiryOf } from "./lifetimes.ts";
import { ScopeFields } from "./ScopeFields.tsx";
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

/** What most tokens are for; the rest is a click away. */
const usual: readonly Scope[] = ["read", "model"];

function NewToken() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const organisations = useQuery(trpc.organisations.list.queryOptions());
  const [name, setName] = useState("");
  const [lifetime, setLifetime] = useState<ChosenLifetime>({ lifetime: "90", day: "" });
  const [scopes, setScopes] = useState<readonly Scope[]>(usual);
  const [only, setOnly] = useState("");
  const create = useMutation(
    trpc.tokens.create.mutationOptions({
      onSuccess: () => {
        setName("");
        return queries.invalidateQueries({ queryKey: trpc.tokens.list.queryKey() });
      },
    }),
  );
  const error = create.error ? apiError(create.error) : null;
  const ofFields = ["name", "scopes", "expiresAt", "only"].map((field) => fieldMessage(error, field));
  return (
    <div className="flex flex-col gap-3">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const expiresAt = expiryOf(lifetime, new Date());
          create.mutate({ name, scopes: [...scopes], only: only === "" ? null : only, expiresAt });
        }}
      >
        <div className="flex flex-wrap items-start gap-3">
          <Field label="Token name" className="min-w-48 flex-1" error={ofFields[0]}>
            <Input
              required
              maxLength={80}
              placeholder="laptop"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <Field label="Opens" className="w-52" error={ofFields[3]}>
            <Select
              value={only}
              onValueChange={setOnly}
              options={[
                { value: "", label: "all my organisations" },
                ...(organisations.data ?? []).map((one) => ({ value: one.slug, label: `only ${one.name}` })),
              ]}
            />
          </Field>
          <LifetimeFields chosen={lifetime} onChange={setLifetime} error={ofFields[2]} />
        </div>
        <ScopeFields chosen={scopes} onChange={setScopes} error={ofFields[1]} />
        {error && ofFields.every((message) => message === undefined) ? (
          <Banner tone="danger">{error.message}</Banner>
        ) : null}
        <Button type="submit" variant="primary" className="self-start" pending={create.isPending}>
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
