"use client";

import { CircleAlert } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { Step } from "#lib/model/processTypes.ts";
import { stepLooks } from "../steps/stepLooks.ts";
import { stepSentence } from "../words/stepSentence.ts";
import { useFlow } from "./FlowContext.tsx";
import { MarkBadge } from "./MarkBadge.tsx";
import { markWords } from "./StepMark.ts";

/** A step in the flow: what it is called, what it does, what came of it. Keys work on it where it stands. */
export function StepCard({ step, className }: { step: Step; className?: string }) {
  const { selection, select, marks, problems, sayAt, edit } = useFlow();
  const { icon: Icon, label } = stepLooks[step.kind];
  const selected = selection.kind === "step" && selection.name === step.name;
  const mark = marks.get(step.name);
  const wrong = problems.get(step.name) ?? 0;
  const sentence = stepSentence(step, sayAt(step.name));
  const told = [
    `${label} ${step.name}`,
    mark ? markWords[mark.state] : "",
    wrong > 0 ? `${wrong} ${wrong === 1 ? "problem" : "problems"}` : "",
  ].filter(Boolean);
  return (
    <button
      type="button"
      data-flow={`step ${step.name}`}
      aria-label={told.join(", ")}
      aria-description={sentence}
      aria-pressed={selected}
      {...(edit ? { "aria-keyshortcuts": "Enter Delete Alt+ArrowUp Alt+ArrowDown" } : {})}
      onClick={() => select({ kind: "step", name: step.name })}
      className={cn(
        "flex w-full flex-col gap-1 rounded-lg border bg-surface px-2.5 py-2 text-left shadow-sm outline-none transition-[border-color,box-shadow] duration-100",
        "hover:border-control focus-visible:ring-2 focus-visible:ring-accent",
        frameTone(selected, wrong, mark?.state),
        marks.size > 0 && !mark && "opacity-55",
        className,
      )}
    >
      <span className="flex w-full items-center gap-1.5">
        <Icon className="size-3.5 shrink-0 text-accent-text" aria-hidden />
        <span className="min-w-0 flex-1 truncate font-medium text-sm">{step.name}</span>
        {wrong > 0 ? <CircleAlert className="size-3.5 shrink-0 text-danger-text" aria-hidden /> : null}
        {mark ? <MarkBadge mark={mark} /> : null}
      </span>
      <span
        className={cn(
          "line-clamp-2 w-full text-xs",
          mark?.note === undefined ? "text-muted" : mark.state === "failed" ? "text-danger-text" : "font-mono text-2xs",
        )}
      >
        {mark?.note ?? <TickedText>{sentence}</TickedText>}
      </span>
    </button>
  );
}

function frameTone(selected: boolean, wrong: number, state: string | undefined): string {
  if (selected) return "border-accent ring-1 ring-accent";
  if (wrong > 0 || state === "failed") return "border-danger-line";
  return state === "done" ? "border-success-line" : "border-line-strong";
}
