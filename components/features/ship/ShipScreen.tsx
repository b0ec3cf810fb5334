"use client";

import { useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useState } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { DeployButton } from "./DeployButton.tsx";
import { DeploymentProgress } from "./DeploymentProgress.tsx";
import { DeploymentTable } from "./DeploymentTable.tsx";
import { EnvironmentCard } from "./EnvironmentCard.tsx";
import { PendingChanges } from "./PendingChanges.tsx";
import { RetiredParts } from "./RetiredParts.tsx";

/** Brings the model to the environment and shows how far that has come. */
export function ShipScreen(scope: ProjectScope) {
  const trpc = useTRPC();
  const deployments = useQuery(
    trpc.deployments.list.queryOptions(scope, {
      refetchInterval: ({ state }) => (state.data?.some(({ state }) => isUnderWay(state)) ? 1000 : 15_000),
    }),
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = chosen ?? deployments.data?.[0]?.id ?? null;
  return (
    <>
      <PageHeader
        title="Ship"
        description="A deploy verifies the model, adds what the database lacks, and switches over without a failed request."
        actions={<DeployButton {...scope} onRequested={setChosen} />}
      />
      <EnvironmentCard {...scope} />
      <PendingChanges {...scope} />
      {shown === null ? null : <DeploymentProgress {...scope} id={shown} />}
      <RetiredParts {...scope} />
      {deployments.error ? <QueryFailure query={deployments} /> : null}
      {deployments.isPending ? <Skeleton className="h-32" /> : null}
      {deployments.data?.length === 0 ? (
        <EmptyState
          icon={<Rocket />}
          title="Releases will stand here"
          description="Deploy to put the first one live. Each is kept with its commit, its steps and the SQL that it ran."
        />
      ) : null}
      {deployments.data && deployments.data.length > 0 ? (
        <DeploymentTable deployments={deployments.data} shown={shown} onShow={setChosen} />
      ) : null}
    </>
  );
}

const isUnderWay = (state: string) => state === "queued" || state === "running";
