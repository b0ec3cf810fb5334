"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";

/** What the app may reach besides the open internet. */
export function EgressCard(scope: EnvironmentScope) {
  const trpc = useTRPC();
  const egress = useQuery(trpc.outbound.egress.get.queryOptions(scope));
  return (
    <Card
      title="Private addresses"
      description="Requests, mails and webhooks of the app reach the open internet only. Name here what else they may reach: a host, an address or a network, each perhaps with a port."
    >
      {egress.error ? <QueryFailure query={egress} /> : null}
      {egress.isPending ? <Skeleton className="h-20" /> : null}
      {egress.data ? <Addresses {...scope} {...egress.data} key={egress.data.allow.join(" ")} /> : null}
    </Card>
  );
}

interface AddressesProps extends EnvironmentScope {
  allow: readonly string[];
  isOpen: boolean;
  mayChange: boolean;
}

function Addresses({ organisation, project, environment, allow, isOpen, mayChange }: AddressesProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [text, setText] = useState(allow.join("\n"));
  const save = useMutation(
    trpc.outbound.egress.set.mutationOptions({
      onSuccess: () => {
        toast.success("The addresses are set.");
        return queries.invalidateQueries({ queryKey: trpc.outbound.egress.get.queryKey() });
      },
    }),
  );
  if (!isOpen) {
    return (
      <p className="text-muted text-sm">
        This installation lets no app reach its own network. Whoever runs it can change that.
      </p>
    );
  }
  const entries = text.split(/\s+/).filter((entry) => entry !== "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ organisation, project, environment, allow: entries });
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <Field
        label="Addresses, one a line"
        hint="Such as `db.internal:8080`, `10.1.2.3` or `10.1.0.0/16`. The database and the services of clouds that tell secrets stay closed."
        error={save.error ? apiError(save.error).message : undefined}
      >
        <Textarea
          rows={4}
          className="font-mono"
          spellCheck={false}
          readOnly={!mayChange}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      {mayChange ? (
        <div>
          <PermittedButton
            permission="egress.manage"
            type="submit"
            pending={save.isPending}
            disabled={entries.join("\n") === allow.join("\n")}
          >
            Set the addresses
          </PermittedButton>
        </div>
      ) : (
        <p className="text-faint text-xs">Ask an owner or an admin to change them.</p>
      )}
    </form>
  );
}
