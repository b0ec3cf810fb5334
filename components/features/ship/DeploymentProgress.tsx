"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { StepProgress } from "#components/ui/StepProgress.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import { DeploymentChanges } from "./DeploymentChanges.tsx";
import { DeploymentState } from "./DeploymentState.tsx";
import { progressSteps, stepLabel } from "./progressSteps.ts";
import { SchemaSteps } from "./SchemaSteps.tsx";
import type { ShownDeployment } from "./shippedTypes.ts";
import { strategyWords } from "./strategyDraft.ts";
import { TestResults } from "./TestResults.tsx";

interface DeploymentProgressProps extends EnvironmentScope {
  id: string;
}

/** One deployment step by step, live while it runs, with all that is kept of it. */
export function DeploymentProgress({ organisation, project, environment, id }: DeploymentProgressProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const scope = { organisation, project, environment };
  const deployment = useQuery(
    trpc.deployments.get.queryOptions({ ...scope, id }, { refetchInterval: ({ state }) => pauseIn(state.data?.state) }),
  );
  const state = deployment.data?.state;
  useEffect(() => {
    // What else the screen shows (environments, list, what would change) is different once a deployment has moved on.
    if (state !== undefined && !isWorking(state)) {
      void queries.invalidateQueries({ queryKey: trpc.deployments.pathKey() });
    }
  }, [state, queries, trpc]);
  if (deployment.error) return <QueryFailure query={deployment} />;
  if (!deployment.data) return <Skeleton className="h-64" />;
  const { release, commit, steps, failure, plan, tests, snapshotHash, strategy, broughtBack } = deployment.data;
  return (
    <Card
      title={`Release ${release}`}
      description={
        <>
          <code className="font-mono text-xs">{commit.slice(0, 8)}</code>, {strategyWords(strategy)}
        </>
      }
      actions={<DeploymentState state={deployment.data.state} />}
    >
      <div className="flex flex-col gap-3">
        {failure ? <Ending deployment={deployment.data} failure={failure} /> : null}
        {deployment.data.state === "rolledBack" && broughtBack ? (
          <Banner tone="warning" title={`Release ${broughtBack.release} was brought back`}>
            {broughtBack.by ?? "Someone who left"}, <RelativeTime at={broughtBack.at} />
            {broughtBack.reason ? `: ${broughtBack.reason}` : ""}
          </Banner>
        ) : null}
        <StepProgress label={`Progress of release ${release}`} steps={progressSteps(steps)} />
        {tests && tests.length > 0 ? <TestResults tests={tests} /> : null}
        <Disclosure title="Changes of this release">
          <DeploymentChanges scope={scope} id={id} />
        </Disclosure>
        {plan && plan.length > 0 ? (
          <Disclosure title="SQL of this release" note={`${plan.length} ${plan.length === 1 ? "step" : "steps"}`}>
            <SchemaSteps steps={plan} />
          </Disclosure>
        ) : null}
        {snapshotHash ? (
          <p className="flex min-w-0 items-center gap-2 text-faint text-xs">
            Snapshot <code className="min-w-0 truncate font-mono">{snapshotHash}</code>
            <CopyButton text={snapshotHash} label="Copy hash of the snapshot" />
          </p>
        ) : null}
      </div>
    </Card>
  );
}

type Failure = NonNullable<ShownDeployment["failure"]>;

function Ending({ deployment, failure }: { deployment: ShownDeployment; failure: Failure }) {
  switch (deployment.state) {
    case "superseded":
    case "rejected":
      return <Banner tone="info">{failure.message}</Banner>;
    case "rolledBack":
      return (
        <Banner tone="warning" title="Rolled back">
          {failure.message}
        </Banner>
      );
    default:
      return (
        <Banner tone="danger" title={`Stopped at “${stepLabel(failure.step)}”`}>
          {failure.message} What served before goes on serving.
        </Banner>
      );
  }
}

const isWorking = (state: string) => state === "queued" || state === "running";

function pauseIn(state: string | undefined): number | false {
  if (state === undefined || isWorking(state)) return 500;
  return state === "awaiting" || state === "trying" ? 2000 : false;
}
