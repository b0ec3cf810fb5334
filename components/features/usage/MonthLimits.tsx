"use client";

import { useQuery } from "@tanstack/react-query";
import { LimitBar } from "#components/features/plans/LimitBar.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { limits } from "#lib/plans/plans.ts";

/** How far the limits of this month are used up, where the plan has any. */
export function MonthLimits({ organisation }: { readonly organisation: string }) {
  const trpc = useTRPC();
  const quota = useQuery(trpc.usage.quota.queryOptions({ organisation }));
  if (quota.isPending) return <Skeleton className="h-24" />;
  const known = quota.data?.limits ?? [];
  const held = known.filter(({ level, bites }) => level === "held" && bites);
  if (known.every(({ value }) => value === null)) return null;
  return (
    <Card title="Limits of this month">
      {held.map(({ limit }) => (
        <Banner key={limit} tone="warning" className="mb-4">
          {limit === "requestsPerMonth"
            ? "Apps answer reads alone until the month (UTC) is over, and say so to whoever wants to change something. Nothing is lost; a larger plan lets changes go on within a minute."
            : "Runs of processes wait until the month (UTC) is over. Nothing is lost; with a larger plan they go on within a minute."}
        </Banner>
      ))}
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {known.map(({ limit, used, value }) => (
          <LimitBar key={limit} title={limits[limit].title} used={used} value={value} />
        ))}
      </div>
    </Card>
  );
}
