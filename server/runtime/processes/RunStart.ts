import type { JsonValue } from "#lib/model/types.ts";

/** What a run of a process begins with. */
export interface RunStart {
  readonly process: string;
  /** By the names of the process's inputs; values as the APIs show them. */
  readonly input: Readonly<Record<string, JsonValue>>;
  readonly cause: RunCause;
  /** Starts of one process with equal keys are one run. */
  readonly key: string | null;
}

export interface RunCause {
  readonly kind: "change" | "schedule" | "hook" | "call" | "process" | "trial";
  /** Id of the event, run or delivery; the moment of a schedule; the actor of a call. */
  readonly id: string | null;
  /** How many runs led here, each by a change or a call that began the next. */
  readonly depth: number;
}
