"use client";

import { Check, CircleX, Plus, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Spinner } from "#components/ui/Spinner.tsx";
import type { AppFunction, FunctionExample } from "#lib/model/processTypes.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { JsonInput } from "../dryRun/JsonInput.tsx";
import { sampleValue } from "../dryRun/sampleValue.ts";
import { type FunctionOutcome, runFunction } from "./runFunction.ts";
import { sameValue } from "./sameValue.ts";

interface ExampleTableProps {
  fn: AppFunction;
  set: (examples: readonly FunctionExample[]) => void;
  /** Tells where an example failed in the text; null where none did. */
  onFailedLine: (failed: { readonly line: number; readonly message: string } | null) => void;
}

/** What the function gives for values that one writes, beside what it should give. */
export function ExampleTable({ fn, set, onFailedLine }: ExampleTableProps) {
  const { examples = [] } = fn;
  const outcomes = useOutcomes(fn, onFailedLine);
  const add = () => {
    const given = Object.fromEntries(fn.parameters.map((one) => [one.name, sampleValue(one.type, examples.length)]));
    set([...examples, { given, returns: null }]);
  };
  return (
    <div className="flex flex-col gap-3">
      {examples.length === 0 ? (
        <p className="text-faint text-sm">
          No examples yet. One shows what it is for and proves that it still does it.
        </p>
      ) : null}
      {examples.map((example, index) => (
        <ExampleRow
          // biome-ignore lint/suspicious/noArrayIndexKey: examples have no names; their place is what they are
          key={`${index} of ${examples.length}`}
          fn={fn}
          number={index + 1}
          example={example}
          outcome={outcomes[index] ?? null}
          change={(next) => set(examples.with(index, next))}
          remove={() => set(examples.toSpliced(index, 1))}
        />
      ))}
      <Button size="sm" icon={<Plus />} className="self-start" onClick={add}>
        Add an example
      </Button>
    </div>
  );
}

/** Each example is run again whenever the function or the example is another. */
function useOutcomes(fn: AppFunction, onFailedLine: ExampleTableProps["onFailedLine"]): readonly FunctionOutcome[] {
  const model = useDraft();
  const [outcomes, setOutcomes] = useState<readonly FunctionOutcome[]>([]);
  const said = JSON.stringify([fn.source, fn.parameters, fn.returns, fn.examples]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is run is said by its text
  useEffect(() => {
    let stale = false;
    const all = (fn.examples ?? []).map(({ given }) => runFunction({ fn, given, model }).catch(unable));
    void Promise.all(all).then((found) => {
      if (stale) return;
      setOutcomes(found);
      const failed = found.find((one) => one.kind === "failed" && one.line !== null);
      onFailedLine(
        failed?.kind === "failed" && failed.line !== null ? { line: failed.line, message: failed.message } : null,
      );
    });
    return () => {
      stale = true;
    };
  }, [said]);
  return outcomes;
}

function unable(error: unknown): FunctionOutcome {
  return { kind: "failed", message: error instanceof Error ? error.message : String(error), line: null };
}

interface ExampleRowProps {
  fn: AppFunction;
  number: number;
  example: FunctionExample;
  outcome: FunctionOutcome | null;
  change: (example: FunctionExample) => void;
  remove: () => void;
}

function ExampleRow({ fn, number, example, outcome, change, remove }: ExampleRowProps) {
  const right = outcome?.kind === "value" && sameValue(fn.returns, outcome.value, example.returns);
  return (
    <fieldset className="flex flex-col gap-2 rounded-md border p-2.5">
      <legend className="sr-only">Example {number}</legend>
      <div className="flex items-start gap-2">
        <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-2">
          {fn.parameters.map(({ name, type }) => (
            <JsonInput
              key={name}
              label={name}
              type={type}
              value={example.given[name] ?? null}
              onChange={(value) => change({ ...example, given: { ...example.given, [name]: value } })}
            />
          ))}
          <JsonInput
            label="Should return"
            type={fn.returns}
            value={example.returns}
            onChange={(returns) => change({ ...example, returns })}
          />
        </div>
        <IconButton label={`Remove example ${number}`} size="sm" variant="danger" onClick={remove}>
          <X />
        </IconButton>
      </div>
      <div className="flex min-h-6 items-start gap-2 text-sm" aria-live="polite">
        {outcome === null ? (
          <Spinner />
        ) : right ? (
          <Check className="mt-0.5 size-4 shrink-0 text-success-text" aria-label="as it should" />
        ) : (
          <CircleX className="mt-0.5 size-4 shrink-0 text-danger-text" aria-label="not as it should" />
        )}
        {outcome?.kind === "failed" ? (
          <span className="min-w-0 text-danger-text text-pretty">
            {outcome.message}
            {outcome.line === null ? "" : ` (line ${outcome.line})`}
          </span>
        ) : null}
        {outcome?.kind === "value" ? (
          <>
            <span className="min-w-0 flex-1">
              <span className="text-faint">Returns </span>
              <code className="break-all font-mono text-xs">{JSON.stringify(outcome.value)}</code>
            </span>
            {right ? null : <TakeOver value={outcome.value} take={(returns) => change({ ...example, returns })} />}
          </>
        ) : null}
      </div>
    </fieldset>
  );
}

function TakeOver({ value, take }: { value: JsonValue; take: (value: JsonValue) => void }) {
  return (
    <Button size="sm" onClick={() => take(value)}>
      That is right
    </Button>
  );
}
