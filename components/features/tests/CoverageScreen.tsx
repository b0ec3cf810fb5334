"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartNoAxesColumn } from "lucide-react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { Coverage } from "#lib/vetting/cover/Coverage.ts";
import type { ProjectScope } from "../ProjectScope.ts";
import { ResourceBar } from "./ResourceBar.tsx";
import type { TestsScope } from "./TestsScope.ts";
import { UnnoticedChanges } from "./UnnoticedChanges.tsx";
import { useDecisions } from "./useDecisions.ts";
import { WorkBar } from "./WorkBar.tsx";

/** Which parts of the model the accepted tests would miss, and which changes of it none of them would notice. */
export function CoverageScreen(project: ProjectScope) {
  const trpc = useTRPC();
  const { branch } = usePlace();
  const scope = { ...project, branch };
  const query = useQuery(
    trpc.tests.coverage.queryOptions(scope, {
      refetchInterval: ({ state }) => (state.data?.state === "running" ? 700 : false),
    }),
  );
  const { data } = query;
  return (
    <>
      <PageHeader
        title="Coverage"
        description="The model is changed in one thing at a time: a rule dropped, a comparison flipped. A part is covered when some test fails without it."
      />
      {query.error ? <QueryFailure query={query} /> : null}
      {query.isPending ? <Skeleton className="h-48" /> : null}
      {data?.state === "running" ? (
        <WorkBar label="Trying changes of the model" done={data.done} total={data.total} />
      ) : null}
      {data?.state === "done" ? <CoverageReport scope={scope} coverage={data.coverage} /> : null}
    </>
  );
}

function CoverageReport({ scope, coverage }: { scope: TestsScope; coverage: Coverage }) {
  const decisions = useDecisions(scope);
  const { resources, unnoticed, tried, beyond } = coverage;
  if (resources.length === 0) {
    return (
      <EmptyState
        icon={<ChartNoAxesColumn />}
        title="There is nothing to cover yet"
        description="Once the model has rules, checks, states or bounds, this shows which of them its tests would miss."
      />
    );
  }
  const covered = resources.reduce((sum, one) => sum + one.covered, 0);
  const total = resources.reduce((sum, one) => sum + one.total, 0);
  const accept = (ids: readonly string[]) => decisions.accept(ids);
  return (
    <>
      <p className="text-sm">
        <span className="font-semibold tabular-nums">
          {covered} of {total}
        </span>{" "}
        parts are covered. Of {tried} changes of the model,{" "}
        <span className="font-semibold tabular-nums">{tried - unnoticed.length}</span> would be noticed.
      </p>
      {beyond.length > 0 ? (
        <Banner
          tone="warning"
          title={`${beyond.length === 1 ? "One test counts" : `${beyond.length} tests count`} for nothing here`}
        >
          They fail, or need more than can be tried without a database: {beyond.slice(0, 5).join(", ")}
          {beyond.length > 5 ? " …" : ""}
        </Banner>
      ) : null}
      <ul aria-label="Coverage by resource" className="flex flex-col divide-y rounded-lg border bg-surface shadow-xs">
        {resources.map((resource) => (
          <ResourceBar key={resource.resource} coverage={resource} decided={decisions.decided} onAccept={accept} />
        ))}
      </ul>
      <UnnoticedChanges unnoticed={unnoticed} decided={decisions.decided} onAccept={accept} />
    </>
  );
}
