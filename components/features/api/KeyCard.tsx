"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Card } from "#components/ui/Card.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { KeyTable } from "./KeyTable.tsx";
import { NewKey } from "./NewKey.tsx";

/** The keys to one environment's API. */
export function KeyCard(scope: ProjectScope) {
  const trpc = useTRPC();
  const keys = useQuery(trpc.deployments.keys.list.queryOptions(scope));
  return (
    <Card
      title="API keys"
      description="Whoever sends a service key may do all that the API can; a key with roles, what the policies let them."
    >
      <div className="flex flex-col gap-5">
        <NewKey {...scope} />
        {keys.error ? <QueryFailure query={keys} /> : null}
        {keys.isPending ? <Skeleton className="h-20" /> : null}
        {keys.data?.length === 0 ? (
          <EmptyState
            icon={<KeyRound />}
            title="No keys yet"
            description="Name one after whoever will send it, such as “web shop”, and create it above."
            className="py-6"
          />
        ) : null}
        {keys.data && keys.data.length > 0 ? <KeyTable {...scope} keys={keys.data} /> : null}
      </div>
    </Card>
  );
}
