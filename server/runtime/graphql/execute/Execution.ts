import type { Actor, RunPlan } from "#lib/plan/types.ts";

/** Who asks, and how plans are run for them. */
export interface Execution {
  readonly actor: Actor;
  readonly run: RunPlan;
  /** Takes what was not foreseen, or is no fault of the caller, for the log. */
  readonly onDefect: (error: unknown) => void;
}
