"use client";

import { useEffect, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import type { Rollout } from "./shippedTypes.ts";

interface RolloutStepsProps {
  strategy: Extract<Rollout["strategy"], { kind: "canary" }>;
  step: number;
  stepStartedAt: Date;
}

/** The steps of a canary with what is left of the one that it is in. */
export function RolloutSteps({ strategy, step, stepStartedAt }: RolloutStepsProps) {
  const now = useNow();
  return (
    <ol aria-label="Steps of the roll-out" className="flex flex-wrap gap-2">
      {strategy.steps.map(({ percent, minutes }, index) => {
        const isCurrent = index === step;
        const left = stepStartedAt.getTime() + minutes * 60_000 - now;
        return (
          <li
            key={percent}
            {...(isCurrent ? { "aria-current": "step" } : {})}
            className={cn(
              "flex min-w-24 flex-1 flex-col rounded-md border px-3 py-2 text-sm",
              isCurrent && "border-accent-line bg-accent-soft",
              index < step && "border-success-line bg-success-soft",
              index > step && "text-faint",
            )}
          >
            <span className="font-medium tabular-nums">{percent} %</span>
            <span className="text-muted text-xs tabular-nums">
              {isCurrent ? leftWords(left, strategy.limits.minRequests) : index < step ? "done" : `${minutes} min`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function leftWords(milliseconds: number, minRequests: number): string {
  if (milliseconds <= 0) return `until ${minRequests.toLocaleString("en")} requests`;
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 90 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`;
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
