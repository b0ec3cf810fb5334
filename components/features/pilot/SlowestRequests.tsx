"use client";

import Link from "next/link";
import { usePlace } from "#components/shell/usePlace.ts";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import type { SlowRequest } from "./figures.ts";
import { latencyText } from "./figureTexts.ts";
import { StatusBadge } from "./StatusBadge.tsx";

interface SlowestRequestsProps extends ProjectScope {
  requests: readonly SlowRequest[];
}

/** The requests that took longest, with where their time went. */
export function SlowestRequests({ organisation, project, requests }: SlowestRequestsProps) {
  const { hrefTo } = usePlace();
  if (requests.length === 0) return null;
  const logs = hrefTo(`/${organisation}/${project}/pilot/logs`);
  const withTrace = (traceId: string) => `${logs}${logs.includes("?") ? "&" : "?"}trace=${traceId}`;
  return (
    <section aria-label="Slowest requests" className="flex flex-col gap-2">
      <h2 className="font-semibold text-base">Slowest requests</h2>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <Table label="Slowest requests">
          <TableHead>
            <TableRow>
              <TableHeaderCell>Operation</TableHeaderCell>
              <TableHeaderCell>Status</TableHeaderCell>
              <TableHeaderCell className="text-right">Took</TableHeaderCell>
              <TableHeaderCell className="text-right max-sm:hidden">Database</TableHeaderCell>
              <TableHeaderCell className="text-right max-sm:hidden">Statements</TableHeaderCell>
              <TableHeaderCell className="max-sm:hidden">Release</TableHeaderCell>
              <TableHeaderCell className="max-sm:hidden">When</TableHeaderCell>
              <TableHeaderCell className="max-sm:hidden">Trace</TableHeaderCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {requests.map((request) => (
              <TableRow key={request.id}>
                <TableCell className="font-medium">{request.operation}</TableCell>
                <TableCell>
                  <StatusBadge status={request.status} />
                </TableCell>
                <TableCell className="whitespace-nowrap text-right tabular-nums">
                  {latencyText(request.milliseconds)}
                </TableCell>
                <TableCell className="whitespace-nowrap text-right tabular-nums max-sm:hidden">
                  {latencyText(request.databaseMilliseconds)}
                </TableCell>
                <TableCell className="text-right tabular-nums max-sm:hidden">{request.statements}</TableCell>
                <TableCell className="tabular-nums max-sm:hidden">{request.release}</TableCell>
                <TableCell className="whitespace-nowrap text-muted max-sm:hidden">
                  <RelativeTime at={request.at} />
                </TableCell>
                <TableCell className="max-sm:hidden">
                  {request.traceId ? (
                    <Link
                      href={withTrace(request.traceId)}
                      className="font-mono text-accent-text text-xs hover:underline"
                      aria-label={`Log of trace ${request.traceId.slice(0, 8)}`}
                    >
                      {request.traceId.slice(0, 8)}
                    </Link>
                  ) : null}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </section>
  );
}
