"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import { SecretTable } from "./SecretTable.tsx";

/** Values that processes, hooks and sign-in name. They go in and never come back. */
export function SecretsCard(scope: EnvironmentScope) {
  const trpc = useTRPC();
  const [name, setName] = useState("");
  const list = useQuery(trpc.outbound.secrets.list.queryOptions(scope));
  return (
    <Card
      title="Secrets"
      description="Values that the model names but does not hold, such as the key of a shop. They are kept encrypted and reach the live app at once; nobody can read them back here."
    >
      <div className="flex flex-col gap-5">
        {list.data?.missing.map(({ name: missing, users }) => (
          <Banner
            key={missing}
            tone="warning"
            title={`${missing} is not set`}
            actions={
              <PermittedButton permission="settings.write" size="sm" onClick={() => setName(missing)}>
                Set it
              </PermittedButton>
            }
          >
            Needed by {users.join(" and ")}.
          </Banner>
        ))}
        <SetSecret {...scope} name={name} onName={setName} />
        {list.error ? <QueryFailure query={list} /> : null}
        {list.isPending ? <Skeleton className="h-20" /> : null}
        {list.data?.secrets.length === 0 && list.data.missing.length === 0 ? (
          <EmptyState
            icon={<KeyRound />}
            title="No secrets yet"
            description="Name one as the model does, such as STRIPE_SECRET, and set it above."
            className="py-6"
          />
        ) : null}
        {list.data && list.data.secrets.length > 0 ? (
          <SecretTable {...scope} secrets={list.data.secrets} onReplace={setName} />
        ) : null}
      </div>
    </Card>
  );
}

interface SetSecretProps extends EnvironmentScope {
  name: string;
  onName: (name: string) => void;
}

function SetSecret({ organisation, project, environment, name, onName }: SetSecretProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [value, setValue] = useState("");
  const set = useMutation(
    trpc.outbound.secrets.set.mutationOptions({
      onSuccess: async () => {
        toast.success(`${name} is set.`);
        onName("");
        setValue("");
        await queries.invalidateQueries({ queryKey: trpc.outbound.secrets.list.queryKey() });
        await queries.invalidateQueries({ queryKey: trpc.impact.pathKey() });
      },
    }),
  );
  const error = set.error ? apiError(set.error) : null;
  const [nameError, valueError] = [fieldMessage(error, "name"), fieldMessage(error, "value")];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ organisation, project, environment, name, value });
  };
  return (
    <form className="flex flex-wrap items-end gap-3" onSubmit={submit}>
      <Field label="Name" className="min-w-48 flex-1" error={nameError ?? (valueError ? undefined : error?.message)}>
        <Input
          required
          maxLength={64}
          placeholder="STRIPE_SECRET"
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
          value={name}
          onChange={(event) => onName(event.target.value.toUpperCase().replaceAll(/[\s-]/g, "_"))}
        />
      </Field>
      <Field label="Value" className="min-w-48 flex-1" error={valueError}>
        <Input
          required
          type="password"
          autoComplete="new-password"
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      </Field>
      <PermittedButton permission="settings.write" type="submit" pending={set.isPending}>
        Set secret
      </PermittedButton>
    </form>
  );
}
