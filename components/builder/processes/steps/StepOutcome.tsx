"use client";

import { Disclosure } from "#components/ui/Disclosure.tsx";
import type { Step } from "#lib/model/processTypes.ts";
import { useFlow } from "../flow/FlowContext.tsx";
import { MarkBadge } from "../flow/MarkBadge.tsx";
import { markOf } from "../flow/marksOf.ts";
import type { StepTrace } from "../flow/StepTrace.ts";
import { JsonView } from "./JsonView.tsx";

/** What came of a step each time that it was done: its value or error, what it was done with, how long it took. */
export function StepOutcome({ step }: { step: Step }) {
  const { notes } = useFlow();
  const own = notes.get(step.name) ?? [];
  if (own.length === 0) return <p className="text-muted text-sm">The run has not come to this step.</p>;
  return (
    <div className="flex flex-col gap-2">
      {own.map((note) => (
        <Outcome key={`${note.scope} ${note.startedAt}`} note={note} alone={own.length === 1} />
      ))}
    </div>
  );
}

function Outcome({ note, alone }: { note: StepTrace; alone: boolean }) {
  const mark = markOf([note]);
  const body = (
    <div className="flex flex-col gap-2">
      {note.error ? (
        <p className="text-pretty rounded-md border border-danger-line bg-danger-soft px-2.5 py-2 text-sm">
          <span className="block font-mono text-2xs text-danger-text">{note.error.code}</span>
          {note.error.message}
        </p>
      ) : null}
      {note.status === "skipped" ? (
        <p className="text-muted text-sm">Passed over: its condition was not true.</p>
      ) : null}
      {note.result === null ? null : <JsonView title="Value" value={note.result} />}
      {hasMembers(note.input) ? <JsonView title="Done with" value={note.input} /> : null}
    </div>
  );
  if (alone) {
    return (
      <section aria-label="What came of it" className="flex flex-col gap-2">
        <div className="flex items-center justify-between gap-2">
          <h3 className="font-medium text-sm">What came of it</h3>
          <MarkBadge mark={mark} />
        </div>
        {body}
      </section>
    );
  }
  return (
    <Disclosure title={note.scope === "" ? "Once" : note.scope.replace(/\.$/, "")} note={<MarkBadge mark={mark} />}>
      {body}
    </Disclosure>
  );
}

function hasMembers(value: StepTrace["input"]): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}
