"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { QueryFailure } from "../QueryFailure.tsx";
import { EnvironmentCharts } from "./EnvironmentCharts.tsx";
import { EnvironmentMultiples } from "./EnvironmentMultiples.tsx";
import { type RangeName, ranges, rangeTexts } from "./figures.ts";
import { SlowestRequests } from "./SlowestRequests.tsx";

/** How the environments of a project fare. */
export function OverviewScreen(project: ProjectScope) {
  const trpc = useTRPC();
  const { environment } = usePlace();
  const [range, setRange] = useState<RangeName>("1h");
  const options = { refetchInterval: range === "1h" ? 10_000 : 60_000, placeholderData: keepPreviousData };
  const overview = useQuery(trpc.telemetry.overview.queryOptions({ ...project, range }, options));
  const figures = useQuery(trpc.telemetry.figures.queryOptions({ ...project, environment, range }, options));
  return (
    <>
      <PageHeader
        title="Overview"
        description={`Requests of the ${rangeTexts[range]}, as the runtimes count them. New figures come every ten seconds.`}
        actions={
          <SegmentedControl
            label="Range"
            value={range}
            onValueChange={setRange}
            options={ranges.map((value) => ({ value, label: value, name: rangeTexts[value] }))}
          />
        }
      />
      {overview.error ? <QueryFailure query={overview} /> : null}
      {overview.isPending ? <Skeleton className="h-28" /> : null}
      {overview.data ? <EnvironmentMultiples environments={overview.data.environments} /> : null}
      {figures.error ? <QueryFailure query={figures} /> : null}
      {figures.isPending ? <Skeleton className="h-64" /> : null}
      {figures.data ? (
        figures.data.requests.total.requests === 0 && figures.data.gauges.every(({ used }) => used === null) ? (
          <NoFigures {...project} environment={environment} range={range} />
        ) : (
          <>
            <EnvironmentCharts figures={figures.data} />
            <SlowestRequests {...project} requests={figures.data.slowest} />
          </>
        )
      ) : null}
    </>
  );
}

function NoFigures({
  organisation,
  project,
  environment,
  range,
}: ProjectScope & { environment: string; range: RangeName }) {
  const { hrefTo } = usePlace();
  return (
    <EmptyState
      icon={<Activity />}
      title={`Nobody asked ${environment} in the ${rangeTexts[range]}`}
      description="Requests, errors, latency and the use of the database stand here some ten seconds after the first request to its API."
      action={
        <Button asChild variant="primary">
          <Link href={hrefTo(`/${organisation}/${project}/api`)}>Send a request</Link>
        </Button>
      }
    />
  );
}
