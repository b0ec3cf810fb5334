"use client";

import { CircleAlert, Plus, SquareFunction, Workflow } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Badge } from "#components/ui/Badge.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { AppFunction, HookStart, Process, ScheduleStart } from "#lib/model/processTypes.ts";
import { useDraft, useProblems } from "../../BuilderContext.tsx";
import { problemsWithin } from "../../problems/problemsAt.ts";
import { useSay } from "../expressions/useSay.ts";
import { signatureWords } from "../functions/signatureWords.ts";
import { NextTimes } from "../schedule/NextTimes.tsx";
import { PlaceLink } from "../studio/PlaceLink.tsx";
import { walkSteps } from "../tree/findStep.ts";
import { processPath } from "../tree/stepPath.ts";
import { startSentence, startsSentence } from "../words/startSentence.ts";
import { ExampleProcess } from "./ExampleProcess.tsx";
import { HookUrl } from "./HookUrl.tsx";
import { LastRuns, LastRunsProvider } from "./LastRuns.tsx";
import { NewProcessDialog } from "./NewProcessDialog.tsx";

/** What the app does by itself: processes, when they start, addresses that start them, functions. */
export function BehaviourOverview() {
  const { processes = [], functions = [] } = useDraft();
  const [asked, setAsked] = useState(false);
  const schedules = startsOf(processes, "schedule");
  const hooks = startsOf(processes, "hook");
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => setAsked(true)}>
      New process
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Behaviour"
        description="What the app does by itself: steps that follow a change, a time, or a call from outside."
        actions={processes.length === 0 ? null : add}
      />
      {processes.length === 0 ? (
        <EmptyState
          icon={<Workflow />}
          title="What should happen by itself?"
          description="A process is steps in order: they change records, send mail, wait, call other systems. What was done is kept, so that a run goes on after any interruption."
          example={<ExampleProcess />}
          action={add}
        />
      ) : (
        <Card title="Processes">
          <LastRunsProvider>
            <ul className="-my-2 flex flex-col divide-y">
              {processes.map((process) => (
                <li key={process.name}>
                  <ProcessRow process={process} />
                </li>
              ))}
            </ul>
          </LastRunsProvider>
        </Card>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        {schedules.length === 0 ? null : (
          <Card title="Schedules" description="When processes start by the clock.">
            <ul className="flex flex-col gap-4">
              {schedules.map(({ process, start, index }) => (
                <li key={`${process.name} ${index}`} className="flex flex-col gap-1.5">
                  <ProcessLink name={process.name}>
                    <TickedText>{startSentence(start)}</TickedText>
                  </ProcessLink>
                  <NextTimes cron={start.cron} zone={start.zone ?? "UTC"} />
                </li>
              ))}
            </ul>
          </Card>
        )}
        {hooks.length === 0 ? null : (
          <Card title="Hooks" description="Addresses at which other systems start processes.">
            <ul className="flex flex-col gap-3">
              {hooks.map(({ process, start }) => (
                <li key={start.name} className="flex flex-col gap-1">
                  <div className="flex items-center gap-2">
                    <ProcessLink name={process.name}>{start.name}</ProcessLink>
                    <Badge tone={start.signature.scheme === "none" ? "warning" : "neutral"}>
                      {start.signature.scheme === "none" ? "not signed" : start.signature.scheme}
                    </Badge>
                  </div>
                  <HookUrl hook={start.name} />
                </li>
              ))}
            </ul>
          </Card>
        )}
        <Card
          title="Functions"
          description="Code of your own for what expressions cannot say; it runs apart from everything else."
        >
          {functions.length === 0 ? (
            <div className="flex flex-wrap items-center justify-between gap-3">
              <p className="text-faint text-sm">
                For example <code className="font-mono text-xs">vat(amount, country) → decimal</code>.
              </p>
              <Button size="sm" asChild>
                <PlaceLink to={{ kind: "functions" }}>Add one</PlaceLink>
              </Button>
            </div>
          ) : (
            <ul className="flex flex-col gap-2">
              {functions.map((fn) => (
                <li key={fn.name}>
                  <FunctionRow fn={fn} />
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
      <NewProcessDialog open={asked} onOpenChange={setAsked} />
    </>
  );
}

interface KindOfStart {
  readonly schedule: ScheduleStart;
  readonly hook: HookStart;
}

function startsOf<Kind extends keyof KindOfStart>(processes: readonly Process[], kind: Kind) {
  return processes.flatMap((process) =>
    (process.starts ?? []).flatMap((start, index) =>
      start.kind === kind ? [{ process, start: start as KindOfStart[Kind], index }] : [],
    ),
  );
}

function ProcessRow({ process }: { process: Process }) {
  const problems = problemsWithin(useProblems(), processPath(process.name)).length;
  const count = [...walkSteps(process.steps)].length;
  const sayAt = useSay(process);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3">
      <div className="min-w-48 flex-1">
        <div className="flex items-center gap-2">
          <ProcessLink name={process.name}>{process.name}</ProcessLink>
          <span className="text-faint text-xs tabular-nums">
            {count} {count === 1 ? "step" : "steps"}
          </span>
          {problems > 0 ? (
            <span className="flex items-center gap-1 text-danger-text text-xs">
              <CircleAlert className="size-3.5" aria-hidden />
              {problems} {problems === 1 ? "problem" : "problems"}
            </span>
          ) : null}
        </div>
        <p className="text-pretty text-muted text-sm">
          <TickedText>{process.describe ?? startsSentence(process, sayAt)}</TickedText>
        </p>
        {process.describe === undefined ? null : (
          <p className="text-pretty text-faint text-xs">
            <TickedText>{startsSentence(process, sayAt)}</TickedText>
          </p>
        )}
      </div>
      <LastRuns process={process.name} />
    </div>
  );
}

function ProcessLink({ name, children }: { name: string; children: ReactNode }) {
  return (
    <PlaceLink
      to={{ kind: "process", name, view: "flow" }}
      className="font-medium text-sm underline-offset-4 hover:text-accent-text hover:underline"
    >
      {children}
    </PlaceLink>
  );
}

function FunctionRow({ fn }: { fn: AppFunction }) {
  return (
    <PlaceLink
      to={{ kind: "functions", name: fn.name }}
      className="flex items-start gap-2 rounded-md text-sm hover:text-accent-text"
    >
      <SquareFunction className="mt-0.5 size-4 shrink-0 text-faint" aria-hidden />
      <span className="min-w-0">
        <code className="break-all font-mono text-xs">{signatureWords(fn)}</code>
        {fn.describe === undefined ? null : <span className="block text-muted text-xs">{fn.describe}</span>}
      </span>
    </PlaceLink>
  );
}
