"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Download, ScrollText } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useAccess } from "#components/shell/useAccess.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { QueryFailure } from "../QueryFailure.tsx";
import { AuditCheck } from "./AuditCheck.tsx";
import { AuditDialog } from "./AuditDialog.tsx";
import { AuditFilters } from "./AuditFilters.tsx";
import { AuditStreamCard } from "./AuditStreamCard.tsx";
import { AuditTable } from "./AuditTable.tsx";
import { type AuditFilter, auditQuery, everything, exportAddress } from "./auditFilter.ts";
import type { AuditEntry } from "./auditTypes.ts";

/** What happened in an organisation: search, export, check, and where it is sent on to. */
export function AuditScreen({ organisation }: { organisation: string }) {
  const trpc = useTRPC();
  const { may, whyNot } = useAccess();
  const mayRead = may("audit.read");
  const [filter, setFilter] = useState<AuditFilter>(everything);
  const [shown, setShown] = useState<AuditEntry | null>(null);
  const asked = useDeferredValue(filter);
  const facets = useQuery(trpc.audit.facets.queryOptions({ organisation }, { enabled: mayRead }));
  const log = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { organisation, ...auditQuery(asked), size: 50 },
      { enabled: mayRead, getNextPageParam: ({ older }) => older ?? undefined, placeholderData: keepPreviousData },
    ),
  );
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? [];
  const refusal = whyNot("audit.read");
  const keptDays = facets.data?.keptDays;
  return (
    <>
      <PageHeader
        title="Audit log"
        description={`Who changed what, when and from where. Entries are only ever added${
          keptDays ? `, and kept for ${keptDays} days on this plan` : ""
        }.`}
        actions={facets.data ? <ExportButtons {...{ organisation, filter }} may={facets.data.mayExport} /> : null}
      />
      {refusal ? <Banner tone="info">{refusal}</Banner> : null}
      {mayRead ? (
        <>
          <AuditFilters facets={facets.data} filter={filter} onChange={setFilter} />
          {log.error ? <QueryFailure query={log} /> : null}
          {log.isPending ? <Skeleton className="h-96" /> : null}
          {log.data && entries.length === 0 ? (
            <EmptyState
              icon={<ScrollText />}
              title="No such entries"
              description="Every change in the organisation is told here, such as “Ada renamed project crm”. Look for other words, or in more time."
              action={<Button onClick={() => setFilter(everything)}>Show all</Button>}
            />
          ) : null}
          {entries.length > 0 ? <AuditTable entries={entries} onShow={setShown} /> : null}
          {log.hasNextPage ? (
            <Button className="self-center" pending={log.isFetchingNextPage} onClick={() => log.fetchNextPage()}>
              Show older
            </Button>
          ) : null}
          <AuditCheck organisation={organisation} />
          <AuditStreamCard organisation={organisation} isInPlan={facets.data?.mayStream} />
          <AuditDialog entry={shown} onClose={() => setShown(null)} />
        </>
      ) : null}
      {!mayRead && !refusal ? <Skeleton className="h-96" /> : null}
    </>
  );
}

interface ExportButtonsProps {
  organisation: string;
  filter: AuditFilter;
  /** Whether the plan has it. */
  may: boolean;
}

function ExportButtons({ organisation, filter, may }: ExportButtonsProps) {
  if (!may) return <p className="max-w-48 text-faint text-xs">Export is part of the plan Team and the larger ones.</p>;
  return (
    <>
      {(["csv", "ndjson"] as const).map((format) => (
        <Button key={format} asChild>
          <a href={exportAddress(organisation, format, filter)} download>
            <Download aria-hidden />
            {format === "csv" ? "CSV" : "NDJSON"}
          </a>
        </Button>
      ))}
    </>
  );
}
