"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { StepProgress } from "#components/ui/StepProgress.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { DeploymentState } from "./DeploymentState.tsx";
import { progressSteps, stepLabel } from "./progressSteps.ts";
import { SchemaSteps } from "./SchemaSteps.tsx";

interface DeploymentProgressProps extends ProjectScope {
  id: string;
}

/** One deployment step by step, live while it runs. */
export function DeploymentProgress({ organisation, project, id }: DeploymentProgressProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const deployment = useQuery(
    trpc.deployments.get.queryOptions(
      { organisation, project, id },
      { refetchInterval: ({ state }) => (isOver(state.data?.state) ? false : 500) },
    ),
  );
  const state = deployment.data?.state;
  useEffect(() => {
    // What else the screen shows (address, list, what would change) is different once a deployment has ended.
    if (isOver(state)) void queries.invalidateQueries({ queryKey: trpc.deployments.pathKey() });
  }, [state, queries, trpc]);
  if (deployment.error) return <QueryFailure query={deployment} />;
  if (!deployment.data) return <Skeleton className="h-64" />;
  const { release, commit, steps, failure, plan } = deployment.data;
  return (
    <Card
      title={`Release ${release}`}
      description={<code className="font-mono text-xs">{commit.slice(0, 8)}</code>}
      actions={<DeploymentState state={deployment.data.state} />}
    >
      <div className="flex flex-col gap-3">
        {failure ? (
          <Banner tone="danger" title={`Stopped at “${stepLabel(failure.step)}”`}>
            {failure.message} What served before goes on serving.
          </Banner>
        ) : null}
        <StepProgress label={`Progress of release ${release}`} steps={progressSteps(steps)} />
        {plan && plan.length > 0 ? (
          <Disclosure title="SQL of this release" note={`${plan.length} ${plan.length === 1 ? "step" : "steps"}`}>
            <SchemaSteps steps={plan} />
          </Disclosure>
        ) : null}
      </div>
    </Card>
  );
}

const isOver = (state: string | undefined) => state === "live" || state === "failed" || state === "replaced";
