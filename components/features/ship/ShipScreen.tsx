"use client";

import { useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useState } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import type { ProjectScope } from "../ProjectScope.ts";
import { ApprovalPanel } from "./ApprovalPanel.tsx";
import { DeployButton } from "./DeployButton.tsx";
import { DeploymentProgress } from "./DeploymentProgress.tsx";
import { DeploymentTable } from "./DeploymentTable.tsx";
import { EnvironmentCard } from "./EnvironmentCard.tsx";
import { EnvironmentCards } from "./EnvironmentCards.tsx";
import { PendingChanges } from "./PendingChanges.tsx";
import { RetiredParts } from "./RetiredParts.tsx";
import { RollbackDialog } from "./RollbackDialog.tsx";
import { RolloutPanel } from "./RolloutPanel.tsx";
import type { EnvironmentState } from "./shippedTypes.ts";

/** Brings the model to environments, shows how far that has come, and what served when. */
export function ShipScreen({ organisation, project }: ProjectScope) {
  const trpc = useTRPC();
  const { environment: name, hrefWith } = usePlace();
  const environments = useQuery(
    trpc.deployments.environments.queryOptions(
      { organisation, project },
      { refetchInterval: ({ state }) => (state.data?.some(({ current }) => current) ? 2000 : 15_000) },
    ),
  );
  // A line on the cards: where it cannot be had, the line is missing.
  const overview = useQuery(
    trpc.telemetry.overview.queryOptions({ organisation, project, range: "1h" }, { refetchInterval: 30_000 }),
  );
  const traffic = new Map(
    overview.data?.environments.flatMap(({ id, figures }) => (figures ? [[id, figures.total] as const] : [])),
  );
  const shown = environments.data?.find((each) => each.name === name);
  const [chosen, setChosen] = useState<string | null>(null);
  const scope = { organisation, project, environment: name };
  return (
    <>
      <PageHeader
        title="Ship"
        description="A deploy verifies the model, runs its tests, adds what the database lacks, and switches over without a failed request."
        actions={<DeployButton {...scope} strategy={shown?.strategy ?? null} onRequested={setChosen} key={name} />}
      />
      {environments.error ? <QueryFailure query={environments} /> : null}
      {environments.isPending ? <Skeleton className="h-28" /> : null}
      {environments.data ? (
        <EnvironmentCards
          environments={environments.data}
          traffic={traffic}
          shown={name}
          hrefOf={(environment) => hrefWith({ environment })}
        />
      ) : null}
      {shown ? (
        <ShownEnvironment key={name} scope={scope} environment={shown} chosen={chosen} onChoose={setChosen} />
      ) : null}
      {environments.data && !shown ? (
        <EmptyState
          icon={<Rocket />}
          title={`There is no environment ${name}`}
          description="It may have gone with its branch. Choose another one above."
        />
      ) : null}
    </>
  );
}

interface ShownEnvironmentProps {
  scope: EnvironmentScope;
  environment: EnvironmentState;
  /** Id of the deployment that somebody wants to see. */
  chosen: string | null;
  onChoose: (id: string) => void;
}

function ShownEnvironment({ scope, environment, chosen, onChoose }: ShownEnvironmentProps) {
  const trpc = useTRPC();
  const { current } = environment;
  const deployments = useQuery(trpc.deployments.list.queryOptions(scope, { refetchInterval: current ? 1000 : 15_000 }));
  const [back, setBack] = useState<number | null>(null);
  const shown = (deployments.data?.find(({ id }) => id === chosen) ?? deployments.data?.[0])?.id ?? chosen;
  return (
    <>
      <EnvironmentCard scope={scope} environment={environment} />
      {current?.state === "awaiting" ? <ApprovalPanel key={current.id} scope={scope} id={current.id} /> : null}
      {current?.state === "trying" ? <RolloutPanel key={current.id} scope={scope} id={current.id} /> : null}
      <PendingChanges {...scope} release={environment.release} />
      {shown === null ? null : <DeploymentProgress {...scope} id={shown} />}
      <RetiredParts {...scope} />
      {deployments.error ? <QueryFailure query={deployments} /> : null}
      {deployments.isPending ? <Skeleton className="h-32" /> : null}
      {deployments.data?.length === 0 ? (
        <EmptyState
          icon={<Rocket />}
          title="Releases will stand here"
          description="Deploy to put the first one live. Each is kept with its commit, its steps, its tests and the SQL that it ran."
        />
      ) : null}
      {deployments.data && deployments.data.length > 0 ? (
        <DeploymentTable deployments={deployments.data} shown={shown} onShow={onChoose} onRollBack={setBack} />
      ) : null}
      <RollbackDialog scope={scope} release={back} onClose={() => setBack(null)} />
    </>
  );
}
