"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowUpToLine, Pause, Undo2 } from "lucide-react";
import { toast } from "sonner";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import { RolloutFigures } from "./RolloutFigures.tsx";
import { RolloutSteps } from "./RolloutSteps.tsx";
import { SplitBar } from "./SplitBar.tsx";

interface RolloutPanelProps {
  scope: EnvironmentScope;
  /** Of the deployment that is tried. */
  id: string;
}

/** A release beside the one that serves: who gets it, how both fare, and the buttons that end it. */
export function RolloutPanel({ scope, id }: RolloutPanelProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const rollout = useQuery(trpc.deployments.rollout.get.queryOptions({ ...scope, id }, { refetchInterval: 2000 }));
  const then = (sentence: string) => ({
    onSuccess: async () => {
      toast.success(sentence);
      await queries.invalidateQueries({ queryKey: trpc.deployments.pathKey() });
    },
    onError: (error: unknown) => toast.error(apiError(error).message),
  });
  const candidate = rollout.data?.candidate;
  const promote = useMutation(
    trpc.deployments.rollout.promote.mutationOptions(then(`Release ${candidate} serves now.`)),
  );
  const rollBack = useMutation(
    trpc.deployments.rollout.rollBack.mutationOptions(then(`Release ${candidate} is rolled back.`)),
  );
  const hold = useMutation(trpc.deployments.rollout.hold.mutationOptions(then("It stays at its share.")));
  if (rollout.error) return <QueryFailure query={rollout} />;
  if (rollout.isPending) return <Skeleton className="h-64" />;
  if (rollout.data?.state !== "running") return null;
  const { baseline, given, split, strategy, step, stepStartedAt, figures, isReached } = rollout.data;
  const input = { ...scope, rollout: rollout.data.id };
  const isPending = promote.isPending || rollBack.isPending || hold.isPending;
  return (
    <Card
      title={`Release ${candidate} beside release ${baseline}`}
      description={`It gets ${given}.`}
      className="border-accent-line"
    >
      <div className="flex flex-col gap-4">
        <SplitBar split={split} baseline={baseline} candidate={rollout.data.candidate} />
        {strategy.kind === "canary" ? (
          <RolloutSteps strategy={strategy} step={step} stepStartedAt={stepStartedAt} />
        ) : (
          <p className="text-muted text-sm">It stays so until somebody decides.</p>
        )}
        {isReached ? null : (
          <Banner tone="warning">The runtime does not answer for the moment. The figures are of earlier.</Banner>
        )}
        <RolloutFigures
          baseline={{ release: baseline, fare: figures.baseline }}
          candidate={{ release: rollout.data.candidate, fare: figures.candidate }}
        />
        <div className="flex flex-wrap gap-2">
          <PermittedButton
            permission="release.deploy"
            variant="primary"
            icon={<ArrowUpToLine />}
            pending={promote.isPending}
            disabled={isPending}
            onClick={() => promote.mutate(input)}
          >
            Promote now
          </PermittedButton>
          <PermittedButton
            permission="release.deploy"
            variant="danger"
            icon={<Undo2 />}
            pending={rollBack.isPending}
            disabled={isPending}
            onClick={() => rollBack.mutate(input)}
          >
            Roll back now
          </PermittedButton>
          {strategy.kind === "canary" ? (
            <PermittedButton
              permission="release.deploy"
              icon={<Pause />}
              pending={hold.isPending}
              disabled={isPending}
              onClick={() => hold.mutate(input)}
            >
              Stop at this share
            </PermittedButton>
          ) : null}
        </div>
      </div>
    </Card>
  );
}
