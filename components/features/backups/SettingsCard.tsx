"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { QueryFailure } from "../QueryFailure.tsx";
import { SettingsForm } from "./SettingsForm.tsx";

export interface EnvironmentScope extends ProjectScope {
  environment: string;
}

/** When an environment is backed up by itself, for how long, and where to. */
export function SettingsCard(scope: EnvironmentScope) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const settings = useQuery(trpc.backups.settings.get.queryOptions(scope));
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.backups.settings.get.queryKey() });
  return (
    <Card
      title="Schedule and storage"
      description={`For ${scope.environment}. Before a retired table or column is deleted for good, there is a backup in any case.`}
    >
      {settings.error ? <QueryFailure query={settings} /> : null}
      {settings.isPending ? <Skeleton className="h-32" /> : null}
      {settings.data ? (
        <SettingsForm key={JSON.stringify(settings.data)} {...scope} settings={settings.data} onSaved={refresh} />
      ) : null}
    </Card>
  );
}
