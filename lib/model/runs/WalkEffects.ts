import type { Step } from "../processTypes.ts";
import type { JsonValue } from "../types.ts";
import type { JsonSource } from "./evaluateJson.ts";
import type { StepNote } from "./StepNote.ts";

/** What walking through a process needs of the world: a runtime's database, or samples in a browser. */
export interface WalkEffects {
  now(): Date;
  /** What is known of the steps in a scope that was begun before. */
  load(scope: string): Promise<readonly StepNote[]>;
  /** To be kept, together with or before anything that is kept later. */
  keep(note: StepNote): void;
  /** Does a step that is more than its values. What was noted before is kept before anybody outside can know of it. */
  perform(work: StepWork): Promise<Performed>;
  /** Steps of these names in the scope, and in those below it, that failed are to be done again. */
  reset(scope: string, names: readonly string[]): Promise<void>;
  /** Of the steps with these names the one that was done last and is not undone. */
  latestDone(names: readonly string[]): Promise<StepNote | null>;
  /** Nothing more is to be begun. */
  readonly isHalted: boolean;
}

/** Kinds of steps whose doing is the world's. */
export type PerformedKind =
  | "action"
  | "find"
  | "select"
  | "waitFor"
  | "request"
  | "mail"
  | "function"
  | "process"
  | "ask"
  | "emit";

export type PerformedStep = Extract<Step, { readonly kind: PerformedKind }>;

export interface StepWork {
  readonly step: PerformedStep;
  /** The step as it is under way. */
  readonly note: StepNote;
  /** By their slots. */
  readonly values: Readonly<Record<string, JsonValue>>;
  /** What the step's expressions see. */
  readonly source: JsonSource;
  /** The attempt must have ended by then. */
  readonly deadline: Date | null;
  /** The note of the step once it is done. */
  succeeded(result: JsonValue): StepNote;
}

export type Performed =
  /** `note` where it is kept already. */
  | { readonly kind: "done"; readonly result: JsonValue; readonly note?: StepNote }
  /** It is to be asked again: then, or when something has happened. */
  | { readonly kind: "waiting"; readonly until: Date | null }
  | { readonly kind: "failed"; readonly code: string; readonly message: string; readonly isLasting: boolean }
  /** Nothing can be known of it: another goes on with the run. */
  | { readonly kind: "halted" };
