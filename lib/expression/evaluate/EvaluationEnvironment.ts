import type { RecordPath } from "../Expression.ts";
import type { Value } from "../Value.ts";

/**
 * Where an expression that is worked out in JavaScript finds its values. What a record is, is the environment's own
 * matter: a row, a key, an object; expressions only hand them back.
 */
export interface EvaluationEnvironment {
  /** What stands at the path: `["actor", "id"]`, `["now"]`; null where nothing does. `fromJson` makes values of JSON. */
  context(path: readonly string[]): Value;
  /** The record that the expression is about; null where there is none. */
  readonly record: unknown;
  /**
   * A field of the record to which `path.relationships` lead from `root`, which is the record or a variable's; null
   * where a relationship on the way leads nowhere.
   */
  field(root: unknown, path: RecordPath, field: string): Value;
  /**
   * The records that the relationships of `path` lead to from the record to which `from.relationships` lead from
   * `root`. One that is reached twice is there twice; the order does not matter.
   */
  related(root: unknown, from: RecordPath, path: readonly string[]): readonly unknown[];
}

/** An environment without records, as for what depends on the actor alone. */
export function contextEnvironment(context: (path: readonly string[]) => Value): EvaluationEnvironment {
  return { context, record: null, field: () => null, related: () => [] };
}
