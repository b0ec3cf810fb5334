import type { StepNote } from "#lib/model/runs/StepNote.ts";

/** What is known of a step each time that it was come to, of a trial or of a run. */
export type StepTrace = Pick<
  StepNote,
  "scope" | "name" | "kind" | "status" | "attempt" | "input" | "result" | "state" | "error" | "startedAt" | "endedAt"
>;
