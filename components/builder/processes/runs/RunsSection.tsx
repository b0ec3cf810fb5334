"use client";

import { History, Play } from "lucide-react";
import { useMemo, useState } from "react";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Field } from "#components/ui/Field.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { LiveSession } from "../../policies/tester/LiveSession.tsx";
import type { TesterSession } from "../../policies/tester/TesterSession.ts";
import { useLoaded } from "../../policies/tester/useLoaded.ts";
import { tookText } from "../flow/marksOf.ts";
import { useBehaviour } from "../studio/BehaviourContext.tsx";
import { PlaceLink } from "../studio/PlaceLink.tsx";
import { RunBadge, statusWord } from "./RunBadge.tsx";
import { RunNowDialog } from "./RunNowDialog.tsx";
import { RunsClient } from "./RunsClient.ts";
import { causeWords, type RunStatus, runStatuses, runTook, type ShownRun } from "./ShownRun.ts";
import { useFresh } from "./useFresh.ts";

/** The runs of the live app: of all processes, or of one. */
export function RunsSection({ process = null }: { process?: string | null }) {
  const { openTester } = useBehaviour();
  return (
    <>
      <PageHeader
        title={process === null ? "Runs" : `Runs of ${process}`}
        description="What the live app has done by itself. This browser asks the app; nothing of it passes through Gantry."
      />
      <LiveSession open={openTester} what="The list of runs" empty="Here one sees what processes have done.">
        {({ session }) => (
          <RunsList key={`${session.environment} ${session.release}`} session={session} process={process} />
        )}
      </LiveSession>
    </>
  );
}

interface RunsListProps {
  session: TesterSession;
  process: string | null;
}

const step = 50;
const most = 200;
const interval = 3000;

function RunsList({ session, process }: RunsListProps) {
  const client = useMemo(() => new RunsClient(session), [session]);
  const [status, setStatus] = useState<RunStatus | null>(null);
  const [only, setOnly] = useState<string | null>(process);
  const [size, setSize] = useState(step);
  const [asked, setAsked] = useState(false);
  const processes = session.model.processes ?? [];
  const known = processes.find(({ name }) => name === only);
  const { data, error, loading, reload } = useLoaded(`${status} ${only} ${size} ${session.apiKey}`, () =>
    processes.length === 0 ? Promise.resolve(null) : client.list({ process: only, status, size }),
  );
  useFresh(reload, loading ? null : interval);
  if (processes.length === 0 || (process !== null && !known)) {
    return (
      <EmptyState
        icon={<History />}
        title={process === null ? "The live app has no processes" : `${process} is not live yet`}
        description="Save and deploy on the Ship screen; then its runs stand here."
      />
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-3">
        {process === null ? (
          <Field label="Process" className="w-52">
            <Select
              value={only ?? ""}
              options={[{ value: "", label: "all" }, ...processes.map(({ name }) => ({ value: name, label: name }))]}
              onValueChange={(name) => setOnly(name === "" ? null : name)}
            />
          </Field>
        ) : null}
        <Field label="Status" className="w-40">
          <Select
            value={status ?? ""}
            options={[
              { value: "", label: "all" },
              ...runStatuses.map((one) => ({ value: one, label: statusWord(one) })),
            ]}
            onValueChange={(name) => setStatus(name === "" ? null : name)}
          />
        </Field>
        <span className="flex-1" />
        {known ? (
          <Button icon={<Play />} onClick={() => setAsked(true)}>
            Run it now
          </Button>
        ) : null}
      </div>
      {error === null ? null : (
        <Banner tone="danger" title="The runs could not be read">
          {error}
        </Banner>
      )}
      {!data ? (
        error === null ? (
          <Skeleton className="h-40" />
        ) : null
      ) : data.runs.length === 0 ? (
        <EmptyState
          icon={<History />}
          title="No runs"
          description={
            status === null ? "As soon as something starts it, its runs stand here." : `None is ${statusWord(status)}.`
          }
        />
      ) : (
        <RunTable runs={data.runs} named={process === null} />
      )}
      {data?.next && size < most ? (
        <Button className="self-center" pending={loading} onClick={() => setSize(Math.min(most, size + step))}>
          Show more
        </Button>
      ) : null}
      {known ? <RunNowDialog open={asked} onOpenChange={setAsked} process={known} client={client} /> : null}
    </div>
  );
}

function RunTable({ runs, named }: { runs: readonly ShownRun[]; named: boolean }) {
  const now = new Date();
  return (
    <div className="rounded-lg border bg-surface shadow-xs">
      <Table label="Runs">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Status</TableHeaderCell>
            {named ? <TableHeaderCell>Process</TableHeaderCell> : null}
            <TableHeaderCell>Begun</TableHeaderCell>
            <TableHeaderCell>Started by</TableHeaderCell>
            <TableHeaderCell className="text-right">Took</TableHeaderCell>
            <TableHeaderCell>Error</TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {runs.map((run) => (
            <TableRow key={run.id}>
              <TableCell>
                <PlaceLink
                  to={{ kind: "runs", run: run.id }}
                  aria-label={`Run ${run.id} of ${run.process}, ${statusWord(run.status)}`}
                >
                  <RunBadge status={run.status} />
                </PlaceLink>
              </TableCell>
              {named ? (
                <TableCell className="font-medium">
                  <PlaceLink to={{ kind: "runs", run: run.id }} className="underline-offset-4 hover:underline">
                    {run.process}
                  </PlaceLink>
                </TableCell>
              ) : null}
              <TableCell className="whitespace-nowrap">
                <PlaceLink to={{ kind: "runs", run: run.id }} className="underline-offset-4 hover:underline">
                  <RelativeTime at={run.createdAt} />
                </PlaceLink>
              </TableCell>
              <TableCell className="whitespace-nowrap text-muted">{causeWords(run)}</TableCell>
              <TableCell className="whitespace-nowrap text-right tabular-nums">{tookText(runTook(run, now))}</TableCell>
              <TableCell className="max-w-80 truncate text-danger-text" title={run.error?.message}>
                {run.error?.message}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
