"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";

/** What a connection has shown that was tried: who would be signed in, and all that the provider said. */
export function TriedReport({ organisation, id }: { organisation: string; id: string }) {
  const trpc = useTRPC();
  const report = useQuery(trpc.sso.connections.tried.queryOptions({ organisation, id }, { retry: false }));
  if (report.isPending) return <Skeleton className="h-16" />;
  if (!report.data) return null;
  const { ok, outcome, claims, groups } = report.data;
  const said = Object.entries(claims);
  return (
    <Banner tone={ok ? "success" : "danger"} title={ok ? "The connection works" : "The connection does not work yet"}>
      <p>{outcome}</p>
      {said.length > 0 ? (
        <Disclosure title="What the provider said">
          <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-3 gap-y-1 pt-1 text-xs">
            <dt className="text-muted">Groups found</dt>
            <dd className="break-words">{groups.length === 0 ? "none" : groups.join(", ")}</dd>
            {said.map(([name, value]) => (
              <div key={name} className="col-span-2 grid grid-cols-subgrid">
                <dt className="break-all text-muted">{name}</dt>
                <dd className="break-all font-mono">{value}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      ) : null}
    </Banner>
  );
}
