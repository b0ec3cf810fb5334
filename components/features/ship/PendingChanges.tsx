"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { ChangeList } from "../changes/ChangeList.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { SchemaSteps } from "./SchemaSteps.tsx";

/** What the next deploy would change: the model in words, the database in SQL, and what stands in the way. */
export function PendingChanges(scope: ProjectScope) {
  const trpc = useTRPC();
  const preview = useQuery(trpc.deployments.preview.queryOptions(scope));
  if (preview.error) return <QueryFailure query={preview} />;
  if (!preview.data) return <Skeleton className="h-24" />;
  const { told, steps, refusals, warnings } = preview.data;
  return (
    <Card title="What a deploy would change">
      <div className="flex flex-col gap-3">
        {refusals.map(({ sentence }) => (
          <Banner key={sentence} tone="warning" title="Stands in the way">
            {sentence}
          </Banner>
        ))}
        {warnings.map((sentence) => (
          <Banner key={sentence} tone="warning" title="Will not work yet">
            {sentence}
          </Banner>
        ))}
        {told.length === 0 ? (
          <p className="text-muted text-sm">Nothing: production serves this model.</p>
        ) : (
          <ChangeList changes={told} />
        )}
        {steps.length > 0 ? (
          <Disclosure
            title="SQL that would run"
            note={`${steps.length} ${steps.length === 1 ? "step" : "steps"}`}
            help="Deletes no value: the release that serves now goes on working with the same database. What reads or writes a whole table takes time on a large one, while requests go on."
          >
            <SchemaSteps steps={steps} />
          </Disclosure>
        ) : null}
      </div>
    </Card>
  );
}
