import type { Process } from "#lib/model/processTypes.ts";
import type { JsonValue } from "#lib/model/types.ts";
import type { StepTrace } from "../flow/StepTrace.ts";

export const runStatuses = ["running", "waiting", "compensating", "succeeded", "failed", "cancelled"] as const;
export type RunStatus = (typeof runStatuses)[number];

/** A run as the app's own API shows it. */
export interface ShownRun {
  readonly id: string;
  readonly process: string;
  readonly status: RunStatus;
  readonly input: JsonValue;
  readonly output: JsonValue;
  readonly error: { readonly code: string; readonly message: string; readonly step?: string } | null;
  readonly cause: { readonly kind: string; readonly id: string | null; readonly depth: number };
  readonly parent: string | null;
  /** RFC 3339, as are all moments. */
  readonly wakesAt: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

export interface WholeRun extends ShownRun {
  readonly steps: readonly StepTrace[];
  /** The version of the process that it goes by. */
  readonly definition: Process;
}

export function hasEnded({ status }: Pick<ShownRun, "status">): boolean {
  return status === "succeeded" || status === "failed" || status === "cancelled";
}

/** Milliseconds from its beginning to its end, or to now. */
export function runTook({ createdAt, endedAt }: ShownRun, now: Date): number {
  return Math.max(0, (endedAt === null ? now.getTime() : Date.parse(endedAt)) - Date.parse(createdAt));
}

const causes: Readonly<Record<string, string>> = {
  change: "a change",
  schedule: "its schedule",
  hook: "a hook",
  call: "a call",
  process: "another run",
  trial: "a trial",
};

export function causeWords({ cause }: Pick<ShownRun, "cause">): string {
  return causes[cause.kind] ?? cause.kind;
}
