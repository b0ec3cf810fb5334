import type { StepKind } from "../processTypes.ts";
import type { JsonValue } from "../types.ts";

/** `pending` is to be done (again); `undone` has been compensated. */
export type StepStatus = "pending" | "running" | "waiting" | "succeeded" | "skipped" | "failed" | "undone";

/** What is known of one step of a run. */
export interface StepNote {
  /** The loops around it with the numbers of their items, such as `rows[3].`; else empty. */
  readonly scope: string;
  readonly name: string;
  readonly kind: StepKind;
  readonly status: StepStatus;
  /** From 1. */
  readonly attempt: number;
  /** Grows when it is to be done again after it was undone. */
  readonly generation: number;
  /** The order in which steps were done; there may be gaps. */
  readonly number: number | null;
  /** The values that it was done with, by their slots. */
  readonly input: JsonValue;
  readonly result: JsonValue;
  /** Where a step with steps in it is, or when a wait ends. */
  readonly state: StepState | null;
  /** Of the latest attempt that failed. */
  readonly error: StepFailure | null;
  /** Whether the steps for its failure were done. */
  readonly handled: boolean;
  /** RFC 3339; before it no other attempt is made. */
  readonly retryAt: string | null;
  readonly startedAt: string;
  readonly attemptAt: string | null;
  readonly endedAt: string | null;
}

export type StepState =
  | { readonly branch: number | null }
  /** Items or rounds up to `next` were begun; of those, the `open` ones have not ended. */
  | { readonly next: number; readonly open: readonly number[] }
  | { readonly until: string };

export interface StepFailure {
  readonly code: string;
  readonly message: string;
  /** Path of the step that failed. */
  readonly step?: string;
}

export function pathOf({ scope, name }: Pick<StepNote, "scope" | "name">): string {
  return scope + name;
}
