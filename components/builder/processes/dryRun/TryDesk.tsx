"use client";

import { useCallback, useMemo, useState } from "react";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Spinner } from "#components/ui/Spinner.tsx";
import type { Process } from "#lib/model/processTypes.ts";
import type { SampleResult } from "#lib/model/runs/dryRun.ts";
import { useBuilder, useDraft, useProblems } from "../../BuilderContext.tsx";
import { sampleRows } from "../../expression/preview/sampleRows.ts";
import { InspectorFrame, InspectorHead } from "../../inspector/InspectorFrame.tsx";
import { useNarrow } from "../../policies/matrix/useNarrow.ts";
import { problemsWithin } from "../../problems/problemsAt.ts";
import { FlowDesk } from "../editor/FlowDesk.tsx";
import { useSay } from "../expressions/useSay.ts";
import { type Flow, FlowProvider, type FlowSelection } from "../flow/FlowContext.tsx";
import { marksOf, notesByStep, tookText } from "../flow/marksOf.ts";
import { JsonView } from "../steps/JsonView.tsx";
import { StepOutcome } from "../steps/StepOutcome.tsx";
import { PlaceLink } from "../studio/PlaceLink.tsx";
import { findStep } from "../tree/findStep.ts";
import { processPath } from "../tree/stepPath.ts";
import { JsonInput } from "./JsonInput.tsx";
import { SampleAnswer } from "./SampleAnswer.tsx";
import type { SampleInput } from "./sampleInput.ts";
import { sampleAnswers, sampleOccasions } from "./sampleOccasions.ts";
import { type Trial, useDryRun } from "./useDryRun.ts";

const noProblems: Flow["problems"] = new Map();

/** A process walked through on samples, in this browser: nothing is changed, called or sent. */
export function TryDesk({ process }: { process: Process }) {
  const model = useDraft();
  const sources = useBuilder((state) => state.history.present.sources);
  const problems = useProblems();
  const rows = useMemo(() => sampleRows(model, sources), [model, sources]);
  const occasions = useMemo(() => sampleOccasions(model, process, rows), [model, process, rows]);
  const [occasion, setOccasion] = useState<string | null>(null);
  const [changed, setChanged] = useState<SampleInput>({});
  const [answers, setAnswers] = useState<Readonly<Record<string, SampleResult>>>({});
  const [chosen, setChosen] = useState<FlowSelection>({ kind: "process" });
  const narrow = useNarrow();
  const [shown, setShown] = useState(true);
  const basis = occasions.find(({ id }) => id === occasion) ?? occasions[0];
  const input = useMemo(() => ({ ...basis?.input, ...changed }), [basis, changed]);
  const results = useMemo(
    () => ({ ...sampleAnswers(model, process, { rows, input }), ...answers }),
    [model, process, rows, input, answers],
  );
  const trial = useDryRun({ model, process, input, results });
  const notes = useMemo(() => notesByStep(trial?.run?.notes ?? []), [trial]);
  const sayAt = useSay(process);
  const select = useCallback<Flow["select"]>((next) => {
    setChosen(next.kind === "start" ? { kind: "process" } : next);
    setShown(true);
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
  const wrong = problemsWithin(problems, processPath(process.name)).some(({ severity }) => severity === "error");
  return (
    <FlowProvider flow={flow}>
      <FlowDesk
        hidden={shown ? null : { label: "Trial", show: () => select({ kind: "process" }) }}
        panel={
          <InspectorFrame
            hidden={!shown}
            shown={JSON.stringify(chosen)}
            head={
              step ? (
                <InspectorHead
                  kind="Step"
                  name={step.name}
                  up={{ label: "Trial", go: () => setChosen({ kind: "process" }) }}
                  onClose={() => (narrow ? setShown(false) : setChosen({ kind: "process" }))}
                />
              ) : (
                <InspectorHead kind="" name="Trial" {...(narrow ? { onClose: () => setShown(false) } : {})} />
              )
            }
          >
            {step ? (
              <div className="flex flex-col gap-3.5 pt-3">
                <StepOutcome step={step} />
                <SampleAnswer
                  step={step}
                  answer={answers[step.name]}
                  given={lastResult(notes.get(step.name))}
                  onChange={(answer) =>
                    setAnswers(({ [step.name]: _, ...others }) =>
                      answer ? { ...others, [step.name]: answer } : others,
                    )
                  }
                />
              </div>
            ) : (
              <div className="flex flex-col gap-3.5 pt-3">
                <TrialState trial={trial} process={process} wrong={wrong} />
                <Field label="Tried with" hint="Records are those of the seeds, or made up where there are none.">
                  <Select
                    value={basis?.id ?? ""}
                    options={occasions.map(({ id, title }) => ({ value: id, label: title }))}
                    onValueChange={(id) => {
                      setOccasion(id);
                      setChanged({});
                    }}
                  />
                </Field>
                {(process.input ?? []).length === 0 ? null : (
                  <fieldset className="flex flex-col gap-2">
                    <legend className="mb-1 font-medium text-muted text-xs">Inputs</legend>
                    {(process.input ?? []).map(({ name, type }) => (
                      <JsonInput
                        key={`${basis?.id} ${name}`}
                        label={name}
                        type={type}
                        value={input[name] ?? null}
                        onChange={(value) => setChanged((before) => ({ ...before, [name]: value }))}
                      />
                    ))}
                  </fieldset>
                )}
                {trial?.run && process.output ? <JsonView title="Output" value={trial.run.output} /> : null}
                {Object.keys(answers).length === 0 ? null : (
                  <Button size="sm" className="self-start" onClick={() => setAnswers({})}>
                    Forget the answers I wrote
                  </Button>
                )}
                <p className="text-faint text-xs">
                  Nothing is changed, called or sent. Choose a step to see its value and to write another answer for it.
                </p>
              </div>
            )}
          </InspectorFrame>
        }
      />
    </FlowProvider>
  );
}

interface TrialStateProps {
  trial: Trial | null;
  process: Process;
  wrong: boolean;
}

function TrialState({ trial, process, wrong }: TrialStateProps) {
  if (wrong) {
    return (
      <Banner tone="warning" title="The process has problems">
        <PlaceLink to={{ kind: "process", name: process.name, view: "flow" }} className="underline">
          Mend them in the flow
        </PlaceLink>
        , then it can be tried.
      </Banner>
    );
  }
  if (!trial) {
    return (
      <p className="flex items-center gap-2 text-muted text-sm" role="status">
        <Spinner /> Trying it
      </p>
    );
  }
  const { run, problem, began } = trial;
  if (!run) {
    return (
      <Banner tone="danger" title="It cannot be tried">
        {problem}
      </Banner>
    );
  }
  const took = run.endedAt.getTime() - began.getTime();
  const waited = took < 1000 ? "" : ` A real run would take ${tookText(took)} or more.`;
  switch (run.status) {
    case "succeeded":
      return (
        <Banner tone="success" title="It runs to its end">
          {run.notes.length} {run.notes.length === 1 ? "step" : "steps"} done.{waited}
        </Banner>
      );
    case "failed":
      return (
        <Banner tone="danger" title={`It fails${run.failure?.step === undefined ? "" : ` at ${run.failure.step}`}`}>
          {run.failure?.message}
        </Banner>
      );
    case "stopped":
      return (
        <Banner tone="warning" title="It goes on for too long">
          The trial was ended after {run.notes.length} steps.
        </Banner>
      );
  }
}

function lastResult(notes: ReturnType<Flow["notes"]["get"]>) {
  return notes?.findLast(({ status }) => status === "succeeded" || status === "undone")?.result ?? null;
}
