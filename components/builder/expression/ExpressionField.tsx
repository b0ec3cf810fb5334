"use client";

import { MessageSquareText } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect, useId, useMemo, useRef, useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { cn } from "#components/ui/cn.ts";
import { FieldError } from "#components/ui/Field.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { Expression } from "#lib/expression/Expression.ts";
import type { AttributeType } from "#lib/model/types.ts";
import { useBuilderStore, useProblems } from "../BuilderContext.tsx";
import { FixButton } from "../inspector/PathField.tsx";
import { problemsAt } from "../problems/problemsAt.ts";
import { checkField, type ExpressionPlace, mended } from "./expressionCheck.ts";
import { ExpressionPreview } from "./preview/ExpressionPreview.tsx";

const ExpressionEditor = lazy(() => import("./ExpressionEditor.tsx"));

export interface ExpressionFieldProps extends ExpressionPlace {
  label: string;
  hideLabel?: boolean;
  hint?: ReactNode;
  placeholder?: string;
  value: string;
  /** Takes the text over when the field is left or Enter is pressed; called only where it changed. */
  onCommit(text: string): void;
  /** Each text as it is typed, for what depends on it before it is taken over. */
  onDraft?(text: string): void;
  /** Whether an empty text may be taken over: it then means that there is no expression. */
  optional?: boolean;
  /** Where it stands in the model; problems that only the whole model knows are shown too. */
  path?: readonly string[];
  /** In front of the words: “Only if”. */
  wordsBefore?: string;
  /** Shows what it gives for sample rows of the scope's resource. */
  preview?: boolean;
  /** What the preview's values are declared as. */
  declared?: AttributeType;
  autoFocus?: boolean;
}

/** Milliseconds after the last key until what is wrong is said. */
const patience = 500;

/** An expression: written with help, checked as it is written, said in words, tried on rows. */
export function ExpressionField(props: ExpressionFieldProps) {
  const { label, hideLabel = false, hint, placeholder = "", value, optional = false, path, wordsBefore } = props;
  const { scope, expected, target, preview = false, autoFocus = false } = props;
  const id = useId();
  const store = useBuilderStore();
  const frame = useRef<HTMLDivElement>(null);
  /** While it is left without taking over what was typed. */
  const leaving = useRef(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [patient, setPatient] = useState(false);
  const [awaited, setAwaited] = useState(false);
  const [listed, setListed] = useState(false);
  const text = typed ?? value;
  const check = useMemo(
    () => checkField(text, { scope, ...(expected ? { expected } : {}), ...(target ? { target } : {}) }),
    [text, scope, expected, target],
  );
  const last = useLast(check.expression, text.trim() === "");

  // While someone writes, the unfinished is not called wrong.
  useEffect(() => {
    if (typed === null) return setPatient(false);
    setPatient(true);
    const timer = setTimeout(() => setPatient(false), patience);
    return () => clearTimeout(timer);
  }, [typed]);

  const commit = () => {
    if (typed === null || leaving.current) return;
    const next = typed.trim();
    if (next === "" && !optional) return setTyped(value === "" ? "" : null);
    if (next !== value) props.onCommit(next);
    store.seal();
    setTyped(null);
  };
  const latestCommit = useRef(commit);
  useEffect(() => {
    latestCommit.current = commit;
  });
  // What was typed is not lost when the field goes away with its panel.
  useEffect(() => () => latestCommit.current(), []);

  const change = (next: string) => {
    if (next === text) return;
    setTyped(next === value ? null : next);
    props.onDraft?.(next);
  };
  // Nor what still may be chosen from a list.
  const problems = patient || listed ? [] : check.problems;
  const [worst] = problems;
  // What is wrong gives nothing; what is only unfinished leaves what was there.
  const tried = worst ? null : last;
  const beyond = useBeyond(path, typed === null && check.problems.length === 0);
  const isWrong = worst !== undefined || beyond !== null;
  const fixed = worst ? mended(text, worst) : null;
  const described = [isWrong ? `${id}-error` : "", check.words ? `${id}-words` : "", hint ? `${id}-hint` : ""];
  const attributes = {
    "aria-label": label,
    "aria-multiline": "true",
    "aria-describedby": described.filter(Boolean).join(" "),
    ...(isWrong ? { "aria-invalid": "true" } : {}),
    "data-expression": label,
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: one control with what is said about it is no fieldset
    <div
      ref={frame}
      tabIndex={-1}
      role="group"
      aria-label={label}
      className="flex min-w-0 flex-col gap-1 outline-none"
      {...(path ? { "data-path": path.join(".") } : {})}
    >
      <span className={hideLabel ? "sr-only" : "font-medium text-muted text-xs"} aria-hidden>
        {label}
      </span>
      <div
        className={cn(
          "rounded-md border border-control bg-surface shadow-xs transition-[border-color] duration-100 hover:border-faint",
          "focus-within:border-accent focus-within:outline-2 focus-within:outline-accent/25",
          isWrong && "border-danger focus-within:outline-danger/25",
        )}
      >
        <Suspense
          fallback={
            // Takes what is typed until the editor is there, which then goes on from it.
            <input
              value={text}
              onChange={(event) => change(event.target.value)}
              aria-label={label}
              onFocus={() => setAwaited(true)}
              onBlur={() => setAwaited(false)}
              className="h-[30px] w-full bg-transparent px-2.5 font-mono text-xs outline-none"
            />
          }
        >
          <ExpressionEditor
            value={text}
            scope={scope}
            expected={expected ?? null}
            problems={problems}
            placeholder={placeholder}
            attributes={attributes}
            autoFocus={autoFocus || awaited}
            onChange={change}
            onListed={setListed}
            onBlur={commit}
            onEnter={commit}
            onEscape={() => {
              setTyped(null);
              if (typed !== null) props.onDraft?.(value);
              leaving.current = true;
              frame.current?.focus();
              leaving.current = false;
            }}
          />
        </Suspense>
      </div>
      {worst ? (
        <FieldError
          id={`${id}-error`}
          error={worst.message}
          fix={
            fixed === null ? null : (
              <Button
                size="sm"
                className="-my-1"
                // The field keeps what it holds; it is not left first.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => {
                  setTyped(null);
                  props.onDraft?.(fixed);
                  props.onCommit(fixed);
                }}
              >
                Write {worst.suggestion}
              </Button>
            )
          }
        />
      ) : beyond ? (
        <FieldError id={`${id}-error`} error={beyond.message} fix={<FixButton problem={beyond} />} />
      ) : null}
      {check.words ? (
        <p id={`${id}-words`} className="flex items-start gap-1.5 text-muted text-xs">
          <MessageSquareText className="mt-px size-3.5 shrink-0 text-faint" aria-label="In words" />
          <span className="min-w-0 text-pretty">{sentence(wordsBefore, check.words)}</span>
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="text-faint text-xs">
          {typeof hint === "string" ? <TickedText>{hint}</TickedText> : hint}
        </p>
      ) : null}
      {preview && scope.resource !== null && tried ? (
        <ExpressionPreview resource={scope.resource} expression={tried} declared={props.declared} />
      ) : null}
    </div>
  );
}

/** What is wrong with it that its own check does not know. */
function useBeyond(path: readonly string[] | undefined, quiet: boolean) {
  const problems = useProblems();
  return path && quiet ? (problemsAt(problems, path)[0] ?? null) : null;
}

/** The last expression that could be understood, so that a preview does not come and go with every key. */
function useLast(expression: Expression | null, empty: boolean): Expression | null {
  const [last, setLast] = useState(expression);
  if (expression && expression !== last) setLast(expression);
  if (empty && last) setLast(null);
  return empty ? null : (expression ?? last);
}

function sentence(before: string | undefined, words: string): string {
  const whole = before === undefined ? words : `${before} ${words}`;
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}.`;
}
