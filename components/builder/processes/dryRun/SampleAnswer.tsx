"use client";

import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import type { Step, StepKind } from "#lib/model/processTypes.ts";
import type { SampleResult } from "#lib/model/runs/dryRun.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { useTypedValue } from "../../inspector/useTypedValue.ts";
import { JsonArea } from "./JsonInput.tsx";

/** Steps that do something outside of the process, of which a trial only pretends. */
const pretended: ReadonlySet<StepKind> = new Set<StepKind>([
  "action",
  "find",
  "select",
  "waitFor",
  "request",
  "mail",
  "function",
  "process",
  "ask",
  "emit",
]);

interface SampleAnswerProps {
  step: Step;
  /** What was written for it; absent: it is made up. */
  answer: SampleResult | undefined;
  /** What it came to in the trial. */
  given: JsonValue;
  onChange: (answer: SampleResult | undefined) => void;
}

/** What a step is pretended to come to; one can write another value, or let it fail. */
export function SampleAnswer({ step, answer, given, onChange }: SampleAnswerProps) {
  if (!pretended.has(step.kind)) return null;
  const mode = answer === undefined ? "own" : "failure" in answer ? "failure" : "value";
  return (
    <section aria-label="Answer in the trial" className="flex flex-col gap-2">
      <h3 className="font-medium text-sm">Answer in the trial</h3>
      <SegmentedControl
        label="Answer in the trial"
        value={mode}
        className="self-start"
        options={[
          { value: "own", label: step.kind === "function" ? "Computed" : "Made up" },
          { value: "value", label: "This value" },
          { value: "failure", label: "It fails" },
        ]}
        onValueChange={(next) => {
          if (next === "own") onChange(undefined);
          else if (next === "value") onChange({ result: given });
          else onChange({ failure: { code: "failed", message: "It did not work." } });
        }}
      />
      {answer && "result" in answer ? (
        <JsonArea label="Value" value={answer.result} onChange={(result) => onChange({ result })} />
      ) : null}
      {answer && "failure" in answer ? (
        <FailureText
          message={answer.failure.message}
          onChange={(message) => onChange({ failure: { ...answer.failure, message } })}
        />
      ) : null}
    </section>
  );
}

function FailureText({ message, onChange }: { message: string; onChange: (message: string) => void }) {
  const typed = useTypedValue({ value: message, commit: onChange });
  return (
    <Field label="Message of the error">
      <Input {...typed.field} />
    </Field>
  );
}
