"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { ChangeList } from "../changes/ChangeList.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";

interface DeploymentChangesProps {
  scope: EnvironmentScope;
  id: string;
}

/** What a deployment changes, in words. */
export function DeploymentChanges({ scope, id }: DeploymentChangesProps) {
  const trpc = useTRPC();
  const changes = useQuery(trpc.deployments.changes.queryOptions({ ...scope, id }));
  if (changes.error) return <QueryFailure query={changes} />;
  if (!changes.data) return <Skeleton className="h-16" />;
  const { against, told } = changes.data;
  if (told.length === 0) {
    return <p className="text-muted text-sm">The model is the same as in release {against}.</p>;
  }
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-muted text-xs">
        {against === null ? "What the first release brings" : `What changes against release ${against}`}
      </h3>
      <ChangeList changes={told} />
    </div>
  );
}
