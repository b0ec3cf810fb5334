"use client";

import { useQuery } from "@tanstack/react-query";
import { Network } from "lucide-react";
import dynamic from "next/dynamic";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../../ProjectScope.ts";
import { QueryFailure } from "../../QueryFailure.tsx";
import { TopologyTable } from "./TopologyTable.tsx";

const TopologyPicture = dynamic(() => import("./TopologyPicture.tsx").then((part) => part.TopologyPicture), {
  ssr: false,
  loading: () => <Skeleton className="h-96" />,
});

/** What talks to what. */
export function TopologyScreen(project: ProjectScope) {
  const trpc = useTRPC();
  const { environment } = usePlace();
  const topology = useQuery(
    trpc.telemetry.topology.queryOptions({ ...project, environment }, { refetchInterval: 30_000 }),
  );
  return (
    <>
      <PageHeader
        title="Topology"
        description={`What talked to what in ${environment} in the last 24 hours: who calls, by which API, what for, and whom the app itself asks. Thicker lines carry more, red ones fail.`}
      />
      {topology.error ? <QueryFailure query={topology} /> : null}
      {topology.isPending ? <Skeleton className="h-96" /> : null}
      {topology.data?.nodes.length === 0 ? (
        <EmptyState
          icon={<Network />}
          title={`Nothing talked to ${environment} in the last 24 hours`}
          description="Callers, resources, processes and other systems stand here with what goes between them, some ten seconds after the first request."
        />
      ) : null}
      {topology.data && topology.data.nodes.length > 0 ? (
        <>
          <TopologyPicture topology={topology.data} />
          <TopologyTable topology={topology.data} />
        </>
      ) : null}
    </>
  );
}
