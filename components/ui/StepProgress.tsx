import { Check, Circle, Minus, X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { Spinner } from "./Spinner.tsx";

export type StepState = "waiting" | "running" | "done" | "failed" | "skipped";

export interface Step {
  readonly name: string;
  readonly label: ReactNode;
  readonly state: StepState;
  /** A sentence about it: what it is doing, or why it failed. */
  readonly detail?: ReactNode;
  /** Something at the end of the row, such as how long it took. */
  readonly meta?: ReactNode;
}

const words: Record<StepState, string> = {
  waiting: "waiting",
  running: "in progress",
  done: "done",
  failed: "failed",
  skipped: "skipped",
};

/** Named steps of something that takes longer than a second. */
export function StepProgress({ steps, label }: { steps: readonly Step[]; label: string }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {steps.map((step, index) => (
        <li key={step.name} {...(step.state === "running" ? { "aria-current": "step" } : {})} className="flex gap-3">
          <div className="flex flex-col items-center">
            <StepIcon state={step.state} />
            {index < steps.length - 1 ? <div className="my-0.5 w-px flex-1 bg-line-strong" aria-hidden /> : null}
          </div>
          <div className={cn("min-w-0 flex-1 pb-3", step.state === "waiting" && "text-faint")}>
            <div className="flex items-baseline justify-between gap-3 text-sm">
              <span className={cn(step.state === "running" && "font-medium")}>
                {step.label}
                <span className="sr-only">, {words[step.state]}</span>
              </span>
              {step.meta ? <span className="text-faint text-xs tabular-nums">{step.meta}</span> : null}
            </div>
            {step.detail ? (
              <div className={cn("text-xs", step.state === "failed" ? "text-danger-text" : "text-muted")}>
                {step.detail}
              </div>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}

function StepIcon({ state }: { state: StepState }) {
  const frame = "flex size-5 shrink-0 items-center justify-center rounded-full border [&_svg]:size-3";
  switch (state) {
    case "waiting":
      return (
        <span className={cn(frame, "border-line-strong text-faint")} aria-hidden>
          <Circle className="opacity-0" />
        </span>
      );
    case "running":
      return (
        <span className={cn(frame, "border-accent-line bg-accent-soft")} aria-hidden>
          <Spinner className="text-accent-text" />
        </span>
      );
    case "done":
      return (
        <span className={cn(frame, "border-success-line bg-success-soft text-success-text")} aria-hidden>
          <Check />
        </span>
      );
    case "failed":
      return (
        <span className={cn(frame, "border-danger-line bg-danger-soft text-danger-text")} aria-hidden>
          <X />
        </span>
      );
    case "skipped":
      return (
        <span className={cn(frame, "border-line-strong text-faint")} aria-hidden>
          <Minus />
        </span>
      );
  }
}
