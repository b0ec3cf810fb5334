"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { AccessRowCounts } from "#components/features/impact/AccessRowCounts.tsx";
import { changesReading } from "#components/features/impact/changesReading.ts";
import { ImpactSections } from "#components/features/impact/ImpactSections.tsx";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { ChangeList } from "../changes/ChangeList.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import { SchemaSteps } from "./SchemaSteps.tsx";
import { stepCosts } from "./stepCosts.ts";

interface PendingChangesProps extends EnvironmentScope {
  /** The release that serves: with another one, other changes are pending. */
  release: number | null;
}

/** What the next deploy would change: the model in words, the database in SQL, the API for its callers, who may do what. */
export function PendingChanges({ release, ...scope }: PendingChangesProps) {
  const trpc = useTRPC();
  const impact = useQuery(trpc.impact.ofDeploy.queryOptions(scope));
  const { refetch, data } = impact;
  const told = data?.liveRelease;
  useEffect(() => {
    if (told !== undefined && told !== release) void refetch();
  }, [told, release, refetch]);
  if (impact.error) return <QueryFailure query={impact} />;
  if (!data) return <Skeleton className="h-24" />;
  const nothing = data.told.length === 0 && data.steps.length === 0;
  return (
    <section aria-label="What a deploy would change" className="flex flex-col gap-6">
      <Card
        title="What a deploy would change"
        description={nothing ? undefined : `${data.branch} beside what ${data.environment} serves.`}
      >
        <div className="flex flex-col gap-3">
          {data.refusals.map(({ sentence }) => (
            <Banner key={sentence} tone="warning" title="Stands in the way">
              {sentence}
            </Banner>
          ))}
          {data.warnings.map((sentence) => (
            <Banner key={sentence} tone="warning" title="Will not work yet">
              {sentence}
            </Banner>
          ))}
          {data.told.length === 0 ? (
            <p className="text-muted text-sm">Nothing: {data.environment} serves this model.</p>
          ) : (
            <ChangeList changes={data.told} />
          )}
          {data.steps.length > 0 ? (
            <Disclosure
              title="SQL that would run"
              note={
                <span className="flex flex-wrap items-center justify-end gap-1">
                  {stepCosts(data.steps).map(({ cost, count }) => (
                    <Badge key={cost} tone={cost === "instant" ? "neutral" : "warning"}>
                      {count} {cost}
                    </Badge>
                  ))}
                </span>
              }
              help="Deletes no value: the release that serves now goes on working with the same database. What reads or writes a whole table takes time on a large one, while requests go on."
            >
              <SchemaSteps steps={data.steps} />
            </Disclosure>
          ) : null}
        </div>
      </Card>
      {nothing ? null : <ImpactSections impact={data} />}
      {changesReading(data.models) ? <AccessRowCounts {...scope} branch={data.branch} /> : null}
    </section>
  );
}
