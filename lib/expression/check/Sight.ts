import type { ValueType } from "../ValueType.ts";
import type { Origin } from "./Term.ts";

/** The names that are in sight at a place of an expression, besides those of the scope. */
export interface Sight {
  /** The record whose members stand by their bare names. */
  readonly record: SeenRecord | null;
  readonly variables: ReadonlyMap<string, Variable>;
}

export interface SeenRecord {
  /** `record`, or the variable that a quantifier binds. */
  readonly root: string;
  readonly resource: string;
}

export type Variable =
  | ({ readonly kind: "record" } & SeenRecord)
  | { readonly kind: "element"; readonly name: string; readonly type: ValueType; readonly origin: Origin | null };

export function withVariable(sight: Sight, name: string, variable: Variable): Sight {
  return { ...sight, variables: new Map([...sight.variables, [name, variable]]) };
}
