"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeList } from "#components/features/changes/ChangeList.tsx";
import { Patch } from "#components/features/history/Patch.tsx";
import { AccessRowCounts } from "#components/features/impact/AccessRowCounts.tsx";
import { changesReading } from "#components/features/impact/changesReading.ts";
import { ImpactSections } from "#components/features/impact/ImpactSections.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../../ProjectScope.ts";
import { QueryFailure } from "../../QueryFailure.tsx";
import { ConflictList } from "./ConflictList.tsx";
import { MergeCard } from "./MergeCard.tsx";
import type { BranchNames, Choices } from "./MergeNames.ts";

interface BranchComparisonProps {
  scope: ProjectScope;
  names: BranchNames;
}

export function BranchComparison({ scope, names }: BranchComparisonProps) {
  const trpc = useTRPC();
  const [choices, setChoices] = useState<Choices>({});
  const comparison = useQuery(
    trpc.branches.compare.queryOptions(
      { ...scope, ...names, resolutions: { ...choices } },
      // Choosing a side asks anew; what stands there stays meanwhile.
      { placeholderData: keepPreviousData, refetchOnWindowFocus: "always" },
    ),
  );
  const impact = useQuery(trpc.impact.ofMerge.queryOptions({ ...scope, ...names }));
  if (comparison.error) return <QueryFailure query={comparison} />;
  if (!comparison.data) return <Skeleton className="h-64" />;
  const { changes, otherChanges, conflicts, files, state } = comparison.data;
  const isDone = state === "same" || state === "merged";
  return (
    <>
      <MergeCard scope={scope} names={names} comparison={comparison.data} choices={choices} />
      {conflicts.length === 0 ? null : (
        <ConflictList
          names={names}
          conflicts={conflicts}
          choices={choices}
          onChoose={(key, side) => setChoices({ ...choices, [key]: side })}
        />
      )}
      {isDone ? null : (
        <>
          <Card title={`What ${names.from} did`}>
            <div className="flex flex-col gap-3">
              {changes.length === 0 ? (
                <p className="text-muted text-sm">Nothing that the app says: only its history differs.</p>
              ) : (
                <ChangeList changes={changes} />
              )}
              {otherChanges.length === 0 ? null : (
                <Disclosure title={`What ${names.into} did meanwhile`} note={`${otherChanges.length}`}>
                  <ChangeList changes={otherChanges} />
                </Disclosure>
              )}
              {files.length === 0 ? null : (
                <Disclosure title="Files" note={files.length === 1 ? "1 file" : `${files.length} files`}>
                  {files.map(({ path, patch }) => (
                    <div key={path} className="flex min-w-0 flex-col gap-1">
                      <code className="break-all font-mono text-xs">{path}</code>
                      <Patch patch={patch} />
                    </div>
                  ))}
                </Disclosure>
              )}
            </div>
          </Card>
          {impact.error ? <QueryFailure query={impact} /> : null}
          {impact.isPending ? <Skeleton className="h-32" /> : null}
          {impact.data ? <ImpactSections impact={impact.data} /> : null}
          {impact.data?.environment && changesReading(impact.data.models) ? (
            <AccessRowCounts {...scope} environment={impact.data.environment} branch={names.from} />
          ) : null}
        </>
      )}
    </>
  );
}
