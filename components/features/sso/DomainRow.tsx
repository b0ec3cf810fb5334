"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useState } from "react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { AppRouter } from "#server/trpc/root.ts";

type Domain = inferRouterOutputs<AppRouter>["sso"]["domains"]["list"][number];

interface DomainRowProps {
  organisation: string;
  domain: Domain;
  onChange: () => Promise<unknown>;
}

export function DomainRow({ organisation, domain, onChange }: DomainRowProps) {
  const trpc = useTRPC();
  const [removes, setRemoves] = useState(false);
  const verify = useMutation(trpc.sso.domains.verify.mutationOptions({ onSuccess: onChange }));
  const remove = useMutation(trpc.sso.domains.remove.mutationOptions({ onSuccess: onChange }));
  const failure = verify.error ?? remove.error;
  const { id, verifiedAt, missingSince } = domain;
  return (
    <li className="flex flex-col gap-2 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 break-all font-medium">{domain.domain}</span>
        <Badge tone={verifiedAt ? (missingSince ? "warning" : "success") : "neutral"} dot>
          {verifiedAt ? (missingSince ? "Record missing" : "Verified") : "Not verified"}
        </Badge>
        <span className="flex-1" />
        {verifiedAt ? <Route organisation={organisation} domain={domain} onChange={onChange} /> : null}
        {verifiedAt && !missingSince ? null : (
          <Button size="sm" pending={verify.isPending} onClick={() => verify.mutate({ organisation, id })}>
            Look for the record
          </Button>
        )}
        <Button size="sm" variant="ghost" onClick={() => setRemoves(true)}>
          Remove
        </Button>
      </div>
      {verifiedAt && !missingSince ? null : <TextRecord record={domain.record} />}
      {missingSince ? (
        <Banner tone="warning">
          The record has been gone since <RelativeTime at={missingSince} />. After a week the domain is no longer yours
          here.
        </Banner>
      ) : null}
      {failure ? <Banner tone="danger">{apiError(failure).message}</Banner> : null}
      <ConfirmDialog
        open={removes}
        onOpenChange={setRemoves}
        title={`Remove ${domain.domain}?`}
        description="People of it can then not come in by your provider, and your directory can add none."
        action="Remove domain"
        pending={remove.isPending}
        onConfirm={() => remove.mutate({ organisation, id }, { onSuccess: () => setRemoves(false) })}
      />
    </li>
  );
}

function TextRecord({ record }: { record: Domain["record"] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1 rounded-md border bg-sunken p-3 text-xs">
      <dt className="text-muted">Kind</dt>
      <dd className="font-mono">TXT</dd>
      <dt className="text-muted">Name</dt>
      <dd className="flex min-w-0 items-center gap-1">
        <code className="min-w-0 break-all font-mono">{record.name}</code>
        <CopyButton text={record.name} label="Copy name" />
      </dd>
      <dt className="text-muted">Value</dt>
      <dd className="flex min-w-0 items-center gap-1">
        <code className="min-w-0 break-all font-mono">{record.value}</code>
        <CopyButton text={record.value} label="Copy value" />
      </dd>
    </dl>
  );
}

/** By which connection its people come in; of interest only where there are several. */
function Route({ organisation, domain, onChange }: DomainRowProps) {
  const trpc = useTRPC();
  const connections = useQuery(trpc.sso.connections.list.queryOptions({ organisation }));
  const route = useMutation(trpc.sso.domains.route.mutationOptions({ onSuccess: onChange }));
  if (!connections.data || connections.data.length < 2) return null;
  return (
    <Select
      aria-label={`Connection of ${domain.domain}`}
      className="w-44"
      size="sm"
      value={domain.connectionId ?? ""}
      disabled={route.isPending}
      onValueChange={(value) =>
        route.mutate({ organisation, id: domain.id, connectionId: value === "" ? null : value })
      }
      options={[
        { value: "", label: "first that is on" },
        ...connections.data.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
