import type { Argument, AttributeType } from "../types.ts";

/** One place in a model where an expression stands. */
export interface ExpressionSlot {
  /** Such as `["Deal", "policies", "0", "expression"]`. */
  readonly path: readonly string[];
  /** The resource whose record the expression is about; null where there is none. */
  readonly about: string | null;
  /** Of the action in which it stands. */
  readonly arguments: readonly Argument[];
  /** What it must come out as: whether something holds, a value of a type, or one for a field of the record. */
  readonly expects: Expected;
}

export type Expected =
  | { readonly kind: "condition" }
  | { readonly kind: "value"; readonly type: AttributeType }
  | { readonly kind: "field"; readonly field: string };

export const condition: Expected = { kind: "condition" };
