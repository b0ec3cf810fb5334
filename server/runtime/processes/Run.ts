import type { ProcessProgram } from "#lib/model/runs/ProcessProgram.ts";
import type { StepFailure } from "#lib/model/runs/StepNote.ts";
import type { JsonValue } from "#lib/model/types.ts";

export type RunStatus = "waiting" | "running" | "compensating" | "succeeded" | "failed" | "cancelled";

/** A run that this runtime goes on with, in a turn of its own. */
export interface Run {
  readonly id: string;
  readonly process: string;
  readonly program: ProcessProgram;
  /** Hash of the program. */
  readonly version: string;
  readonly status: RunStatus;
  readonly input: JsonValue;
  readonly depth: number;
  readonly parent: string | null;
  /** What it becomes once all is undone that has to be, and why. */
  readonly ending: "failed" | "cancelled" | null;
  readonly error: StepFailure | null;
  readonly isCancelled: boolean;
  readonly turn: number;
  readonly done: number;
  /** ms since 1970. */
  readonly deadline: number | null;
  /** The database's clock before this one, in ms. */
  readonly clockAhead: number;
}

/** For so long a run is left to the runtime that has taken it; it is told again while that is at it. */
export const leaseSeconds = 30;
