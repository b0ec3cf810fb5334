"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Card } from "#components/ui/Card.tsx";
import { cn } from "#components/ui/cn.ts";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { askerNames } from "./askerNames.ts";

interface AccessRowCountsProps extends ProjectScope {
  environment: string;
  branch: string;
}

/** How many of the rows that an environment holds now people may read before and after: numbers, never rows. */
export function AccessRowCounts(scope: AccessRowCountsProps) {
  const trpc = useTRPC();
  const rows = useQuery(trpc.impact.accessRows.queryOptions(scope, { staleTime: 30_000 }));
  if (rows.error) return <QueryFailure query={rows} />;
  if (!rows.data) return <Skeleton className="h-16" />;
  const { counts, skipped, broken } = rows.data;
  const changed = counts.filter(({ before, after }) => before !== after);
  if (counts.length === 0 && skipped.length === 0) return null;
  return (
    <Card
      title="In rows"
      description={`How many of the rows in ${scope.environment} people may read now, and by the policies of ${scope.branch}. What is a person's own does not count.`}
    >
      <div className="flex flex-col gap-3">
        {counts.length > 0 && changed.length === 0 ? (
          <p className="text-muted text-sm">Of the rows that are there now everybody may read as many as before.</p>
        ) : null}
        {changed.length === 0 ? null : (
          <div className="rounded-md border">
            <Table label="Rows that people may read before and after">
              <TableHead>
                <tr>
                  <TableHeaderCell>Who</TableHeaderCell>
                  <TableHeaderCell>Resource</TableHeaderCell>
                  <TableHeaderCell className="text-right">Rows</TableHeaderCell>
                </tr>
              </TableHead>
              <TableBody>
                {changed.map(({ resource, asker, before, after }) => (
                  <TableRow key={`${resource} ${asker}`}>
                    <TableCell>{askerNames(asker)}</TableCell>
                    <TableCell>{resource}</TableCell>
                    <TableCell className="text-right">
                      <span
                        className={cn(
                          "inline-flex items-center gap-1 font-medium tabular-nums",
                          before !== null && after !== null && after > before ? "text-danger-text" : "text-ink",
                        )}
                      >
                        {shown(before)}
                        <ArrowRight className="size-3" aria-label="to" />
                        {shown(after)}
                      </span>
                    </TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </div>
        )}
        {skipped.length + Number(broken) === 0 ? null : (
          <ul className="flex list-disc flex-col gap-1 pl-5 text-muted text-sm">
            {skipped.map((sentence) => (
              <li key={sentence}>Not counted: {sentence}</li>
            ))}
            {broken ? <li>There was no time to count for all.</li> : null}
          </ul>
        )}
      </div>
    </Card>
  );
}

function shown(count: number | null): string {
  return count === null ? "not known" : count.toLocaleString("en");
}
