import type { Expression } from "../../expression/Expression.ts";
import type { ActionName, Argument } from "../../model/types.ts";

/** What one action of a resource demands and does, its expressions checked. */
export interface ActionRules {
  readonly name: string;
  readonly type: ActionName;
  /** Names of fields and relationships that a caller may set; null: all that are writable. */
  readonly accepts: ReadonlySet<string> | null;
  readonly arguments: readonly Argument[];
  readonly set: readonly FieldRule[];
  readonly require: readonly RequireRule[];
  readonly validations: readonly ValidationRule[];
  /** Those of the state machine that the action makes, in their order; the first that is open is taken. */
  readonly transitions: readonly TransitionRule[];
  /** For a named read. */
  readonly where: Expression | null;
  /** Fields by which a create changes a record that is there. */
  readonly upsert: readonly string[] | null;
}

export interface FieldRule {
  readonly field: string;
  readonly expression: Expression;
}

export interface RequireRule {
  readonly expression: Expression;
  readonly message: string;
}

export interface ValidationRule {
  readonly expression: Expression;
  readonly when: Expression | null;
  readonly message: string;
  /** Empty where it concerns the record as a whole. */
  readonly field: string;
}

export interface TransitionRule {
  /** Names of options; empty means from any. */
  readonly from: readonly string[];
  readonly to: string;
  readonly when: Expression | null;
}
