import type { Operation } from "../../expression/Expression.ts";
import type { Expression } from "../../sql/Sql.ts";
import type { Sight } from "./Sight.ts";

/** An operation while it becomes SQL. */
export interface OperationInput {
  readonly sight: Sight;
  readonly operation: Operation;
  /** The operands as SQL. */
  readonly operands: readonly Expression[];
}

export function operand({ operands, operation }: OperationInput, index: number): Expression {
  const found = operands[index];
  if (!found) throw new Error(`${operation.operator} lacks an operand.`);
  return found;
}
