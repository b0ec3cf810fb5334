"use client";

import { type ReactNode, useCallback, useMemo, useState } from "react";
import { Banner } from "#components/ui/Banner.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { InspectorFrame, InspectorHead } from "../../inspector/InspectorFrame.tsx";
import { useNarrow } from "../../policies/matrix/useNarrow.ts";
import { LiveSession } from "../../policies/tester/LiveSession.tsx";
import type { TesterSession } from "../../policies/tester/TesterSession.ts";
import { useLoaded } from "../../policies/tester/useLoaded.ts";
import { FlowDesk } from "../editor/FlowDesk.tsx";
import { useSay } from "../expressions/useSay.ts";
import { type Flow, FlowProvider, type FlowSelection } from "../flow/FlowContext.tsx";
import { marksOf, notesByStep, tookText } from "../flow/marksOf.ts";
import { JsonView } from "../steps/JsonView.tsx";
import { StepOutcome } from "../steps/StepOutcome.tsx";
import { useBehaviour } from "../studio/BehaviourContext.tsx";
import { findStep } from "../tree/findStep.ts";
import { RunHead } from "./RunHead.tsx";
import { RunsClient } from "./RunsClient.ts";
import { causeWords, hasEnded, runTook, type WholeRun } from "./ShownRun.ts";
import { useFresh } from "./useFresh.ts";

/** One run of the live app, drawn onto the flow that it went by. */
export function RunSection({ id }: { id: string }) {
  const { openTester } = useBehaviour();
  return (
    <main className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <LiveSession open={openTester} what="The run" empty="Here one sees what a run has done.">
        {({ session }) => <LiveRun key={id} session={session} id={id} />}
      </LiveSession>
    </main>
  );
}

/** Milliseconds between two looks at a run that goes on. */
const interval = 1500;

function LiveRun({ session, id }: { session: TesterSession; id: string }) {
  const client = useMemo(() => new RunsClient(session), [session]);
  const { data: run, error, loading, reload } = useLoaded(`${id} ${session.apiKey}`, () => client.find(id));
  useFresh(reload, loading || (run && hasEnded(run)) ? null : interval);
  if (!run) {
    return (
      <div className="mx-auto w-full max-w-2xl p-6">
        {error === null ? (
          <Skeleton className="h-64" />
        ) : (
          <Banner tone="danger" title="The run could not be read">
            {error}
          </Banner>
        )}
      </div>
    );
  }
  return <RunDesk run={run} client={client} onChanged={reload} />;
}

const noProblems: Flow["problems"] = new Map();

interface RunDeskProps {
  run: WholeRun;
  client: RunsClient;
  onChanged: () => void;
}

function RunDesk({ run, client, onChanged }: RunDeskProps) {
  const { definition } = run;
  const narrow = useNarrow();
  const [chosen, setChosen] = useState<FlowSelection>({ kind: "process" });
  const [shown, setShown] = useState(false);
  // A run goes by one version: its flow is laid out once.
  const said = JSON.stringify(definition);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same flow each time that the run is read
  const process = useMemo(() => definition, [said]);
  const notes = useMemo(() => notesByStep(run.steps), [run.steps]);
  const sayAt = useSay(process);
  const select = useCallback<Flow["select"]>((next) => {
    setChosen(next.kind === "start" ? { kind: "process" } : next);
    setShown(next.kind === "step");
  }, []);
  const flow = useMemo<Flow>(
    () => ({
      process,
      selection: chosen,
      select,
      marks: marksOf(notes),
      notes,
      problems: noProblems,
      sayAt,
      edit: null,
    }),
    [process, chosen, select, notes, sayAt],
  );
  const step = chosen.kind === "step" ? findStep(process.steps, chosen.name)?.step : undefined;
  const close = () => {
    setChosen({ kind: "process" });
    setShown(false);
  };
  return (
    <FlowProvider flow={flow}>
      <RunHead run={run} client={client} onChanged={onChanged} onDetails={narrow ? () => setShown(true) : null} />
      <FlowDesk
        hidden={null}
        panel={
          <InspectorFrame
            hidden={!shown}
            shown={JSON.stringify(chosen)}
            head={
              step ? (
                <InspectorHead kind="Step" name={step.name} up={{ label: "Run", go: close }} onClose={close} />
              ) : (
                <InspectorHead kind="" name="Run" {...(narrow ? { onClose: close } : {})} />
              )
            }
          >
            <div className="flex flex-col gap-3.5 pt-3">
              {step ? <StepOutcome step={step} /> : <RunDetails run={run} onStep={select} />}
            </div>
          </InspectorFrame>
        }
      />
    </FlowProvider>
  );
}

function RunDetails({ run, onStep }: { run: WholeRun; onStep: Flow["select"] }) {
  const failed = run.steps.find(({ status }) => status === "failed");
  const facts: readonly (readonly [string, ReactNode])[] = [
    ["Started by", causeWords(run)],
    ["Begun", <RelativeTime key="begun" at={run.createdAt} />],
    ["Took", tookText(runTook(run, new Date()))],
    ...(run.wakesAt !== null && !hasEnded(run)
      ? [["Goes on", <RelativeTime key="on" at={run.wakesAt} />] as const]
      : []),
  ];
  return (
    <>
      {run.error ? (
        <Banner tone="danger" title={failed ? `It failed at ${failed.name}` : "It failed"}>
          {run.error.message}
          {failed ? (
            <button
              type="button"
              className="mt-1 block text-xs underline"
              onClick={() => onStep({ kind: "step", name: failed.name })}
            >
              Show the step
            </button>
          ) : null}
        </Banner>
      ) : null}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-faint">{name}</dt>
            <dd className="min-w-0">{value}</dd>
          </div>
        ))}
      </dl>
      <JsonView title="Input" value={run.input} />
      {run.output === null ? null : <JsonView title="Output" value={run.output} />}
      <p className="text-faint text-xs">Choose a step in the flow to see its values. What is sensitive is masked.</p>
    </>
  );
}
