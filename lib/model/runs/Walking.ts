import type { Step } from "../processTypes.ts";
import type { JsonValue } from "../types.ts";
import type { JsonSource } from "./evaluateJson.ts";
import type { ProcessProgram } from "./ProcessProgram.ts";
import type { StepFailure, StepNote } from "./StepNote.ts";
import type { WalkEffects } from "./WalkEffects.ts";
import type { WalkScope } from "./WalkScope.ts";

/** A walk as the steps with steps in them see it. */
export interface Walking {
  readonly program: ProcessProgram;
  readonly effects: WalkEffects;
  /** ms since 1970. */
  readonly now: number;
  steps(steps: readonly Step[], scope: WalkScope): Promise<Outcome>;
  /** The value of an expression as the APIs show it. */
  value(step: string, slot: string, source: JsonSource): JsonValue;
  /** The values of a step's expressions by their slots. */
  values(step: Step, source: JsonSource): Record<string, JsonValue>;
  /** What expressions of a step see. */
  source(scope: WalkScope, now: string): JsonSource;
  keep(scope: WalkScope, note: StepNote): StepNote;
}

/** How it stands with steps that are not done; null stands for done. */
export type Unfinished =
  /** ms since 1970; null where only something else that happens makes it go on. */
  | { readonly kind: "waiting"; readonly until: number | null }
  | { readonly kind: "failed"; readonly failure: StepFailure }
  /** Steps beside them have failed, or nothing more is to be begun. */
  | { readonly kind: "stopped" };

export type Outcome = Unfinished | null;

/** What becomes of one attempt. */
export type Attempt =
  | { readonly kind: "done"; readonly result: JsonValue; readonly note?: StepNote }
  | { readonly kind: "failed"; readonly failure: StepFailure; readonly isLasting: boolean }
  | Exclude<Unfinished, { readonly kind: "failed" }>;

export type BlockStep = Extract<Step, { readonly kind: "branch" | "forEach" | "repeat" | "parallel" }>;

export interface Here {
  readonly scope: WalkScope;
  readonly note: StepNote;
  readonly source: JsonSource;
}

export function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
