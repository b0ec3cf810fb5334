"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Spinner } from "#components/ui/Spinner.tsx";
import { dayInWords } from "#lib/access/whileLeaving.ts";
import type { OrganisationScope } from "./OrganisationScope.ts";

const lookMilliseconds = 1500;

/** Everything in one archive, made by a job and kept for a week. */
export function ExportCard({ organisation }: OrganisationScope) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const exports = useQuery(
    trpc.exports.list.queryOptions(
      { organisation },
      {
        refetchInterval: ({ state }) => (state.data?.some((one) => one.state === "running") ? lookMilliseconds : false),
      },
    ),
  );
  const again = () => queries.invalidateQueries({ queryKey: trpc.exports.pathKey() });
  const create = useMutation(trpc.exports.create.mutationOptions({ onSuccess: again }));
  const remove = useMutation(trpc.exports.remove.mutationOptions({ onSuccess: again }));
  const error = create.error ?? remove.error;
  const isRunning = exports.data?.some(({ state }) => state === "running") ?? false;
  return (
    <Card
      title="Export everything"
      description="One archive with the people, the projects' repositories and models, settings without secrets, the audit log, and all rows as any PostgreSQL reads them. Kept for 7 days, for owners."
      actions={
        <Button size="sm" pending={create.isPending || isRunning} onClick={() => create.mutate({ organisation })}>
          {isRunning ? "Exporting" : "Make an export"}
        </Button>
      }
    >
      {exports.error ? <QueryFailure query={exports} /> : null}
      {error ? <Banner tone="danger">{apiError(error).message}</Banner> : null}
      {exports.data && exports.data.length > 0 ? (
        <ul className="flex flex-col divide-y rounded-md border" aria-label="Exports">
          {exports.data.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2 text-sm">
              <div className="min-w-48 flex-1" aria-live="polite">
                <ExportState {...one} />
                <p className="text-faint text-xs">
                  Asked for <RelativeTime at={one.createdAt} />
                  {one.requestedBy ? ` by ${one.requestedBy}` : null}
                  {one.state === "done" && one.expiresAt ? `, kept until ${dayInWords(one.expiresAt)}` : null}
                </p>
              </div>
              {one.state === "done" ? (
                <Button size="sm" asChild>
                  <a href={`/api/exports/${one.id}?organisation=${organisation}`} download>
                    <Download aria-hidden /> Download
                  </a>
                </Button>
              ) : null}
              <Button size="sm" variant="dangerGhost" onClick={() => remove.mutate({ organisation, id: one.id })}>
                {one.state === "running" ? "Stop" : "Delete"}
              </Button>
            </li>
          ))}
        </ul>
      ) : undefined}
    </Card>
  );
}

interface ExportStateProps {
  readonly state: "running" | "done" | "failed";
  readonly detail: string | null;
  readonly rows: number | null;
  readonly bytes: number | null;
}

function ExportState({ state, detail, rows, bytes }: ExportStateProps) {
  const counted = `${(rows ?? 0).toLocaleString()} rows`;
  switch (state) {
    case "running":
      return (
        <p className="flex items-center gap-2">
          <Spinner className="text-accent-text" /> {detail} {rows ? `${counted} so far.` : null}
        </p>
      );
    case "failed":
      return <p className="text-danger-text">{detail}</p>;
    case "done":
      return (
        <p>
          {sizeText(bytes ?? 0)}, {counted}
        </p>
      );
  }
}

function sizeText(bytes: number): string {
  const mega = 1024 * 1024;
  return bytes < mega ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / mega).toFixed(1)} MB`;
}
