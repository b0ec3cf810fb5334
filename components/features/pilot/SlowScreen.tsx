"use client";

import { useQuery } from "@tanstack/react-query";
import { Gauge } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { SlowStatementDialog } from "./SlowStatementDialog.tsx";
import { SlowTable } from "./SlowTable.tsx";
import type { SlowReport, SlowStatement } from "./slowStatement.ts";

/** Which statements of an environment are slow, and which index would help. */
export function SlowScreen(project: ProjectScope) {
  const trpc = useTRPC();
  const { environment } = usePlace();
  const scope = { ...project, environment };
  const report = useQuery(trpc.slow.list.queryOptions(scope, { refetchInterval: 15_000 }));
  const [chosen, setChosen] = useState<SlowStatement | null>(null);
  return (
    <>
      <PageHeader
        title="Slow statements"
        description={`What took ${environment} long, with the request that caused it. Values that callers sent are never kept.`}
      />
      {report.error ? <QueryFailure query={report} /> : null}
      {report.isPending ? <Skeleton className="h-32" /> : null}
      {report.data === null ? <NotLive {...project} /> : null}
      {report.data?.statements.length === 0 ? <NothingSlow report={report.data} /> : null}
      {report.data && report.data.statements.length > 0 ? (
        <>
          <SlowTable statements={report.data.statements} onShow={setChosen} />
          <p className="text-faint text-xs">
            Statements of {report.data.threshold} ms and more, noted since{" "}
            <RelativeTime at={new Date(report.data.since)} />, when this release began to serve. Times are those that a
            request waited, so a statement may stand here because it waited behind another.
          </p>
        </>
      ) : null}
      <SlowStatementDialog {...scope} statement={chosen} onClose={() => setChosen(null)} />
    </>
  );
}

function NothingSlow({ report }: { report: SlowReport }) {
  return (
    <EmptyState
      icon={<Gauge />}
      title="Nothing was slow"
      description={`Statements that take ${report.threshold} ms or more will stand here, such as a list sorted by a field that no index serves, with the index to add.`}
    />
  );
}

function NotLive({ organisation, project }: ProjectScope) {
  return (
    <EmptyState
      icon={<Gauge />}
      title="No release is live"
      description="Once one is, the statements that take it long will stand here, such as a list sorted by a field that no index serves."
      action={
        <Button asChild variant="primary">
          <Link href={`/${organisation}/${project}/ship`}>Deploy</Link>
        </Button>
      }
    />
  );
}
