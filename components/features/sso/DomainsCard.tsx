"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { AtSign } from "lucide-react";
import { useState } from "react";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { QueryFailure } from "../QueryFailure.tsx";
import { DomainRow } from "./DomainRow.tsx";

/** Which addresses are the organisation's own. */
export function DomainsCard({ organisation }: { organisation: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const domains = useQuery(trpc.sso.domains.list.queryOptions({ organisation }));
  const [domain, setDomain] = useState("");
  const reload = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: trpc.sso.domains.list.queryKey() }),
      queries.invalidateQueries({ queryKey: trpc.sso.requirements.get.queryKey() }),
    ]);
  const add = useMutation(
    trpc.sso.domains.add.mutationOptions({
      onSuccess: () => {
        setDomain("");
        return reload();
      },
    }),
  );
  const error = add.error ? apiError(add.error) : null;
  return (
    <Card
      title="Domains"
      description="Only people with an address of a domain that you have shown to be yours can come in by your provider or your directory."
    >
      <div className="flex flex-col gap-4">
        <form
          className="flex flex-wrap items-start gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate({ organisation, domain });
          }}
        >
          <Field label="Domain" className="min-w-48 flex-1" error={fieldMessage(error, "domain")}>
            <Input
              required
              placeholder="example.com"
              value={domain}
              spellCheck={false}
              onChange={(event) => setDomain(event.target.value)}
            />
          </Field>
          <Button type="submit" className="sm:mt-5" pending={add.isPending}>
            Add domain
          </Button>
        </form>
        {error && error.fields.length === 0 ? <Banner tone="danger">{error.message}</Banner> : null}
        {domains.error ? <QueryFailure query={domains} /> : null}
        {domains.isPending ? <Skeleton className="h-20" /> : null}
        {domains.data?.length === 0 ? (
          <EmptyState
            icon={<AtSign />}
            title="No domains yet"
            description="Add the one behind the @ of your addresses; a record in its DNS shows that it is yours."
            className="py-6"
          />
        ) : null}
        {domains.data && domains.data.length > 0 ? (
          <ul className="flex flex-col divide-y">
            {domains.data.map((one) => (
              <DomainRow key={one.id} organisation={organisation} domain={one} onChange={reload} />
            ))}
          </ul>
        ) : null}
      </div>
    </Card>
  );
}
