/** What came of a step, as it is drawn onto it. */
export interface StepMark {
  readonly state: "done" | "failed" | "running" | "waiting" | "skipped" | "compensated";
  /** Its value or its error, in a few characters. */
  readonly note?: string;
  /** Such as `1.2 s`. */
  readonly took?: string;
  readonly attempts?: number;
  /** How often it ran, in a loop. */
  readonly times?: number;
}

export const markWords: Readonly<Record<StepMark["state"], string>> = {
  done: "done",
  failed: "failed",
  running: "running",
  waiting: "waiting",
  skipped: "passed over",
  compensated: "undone",
};
