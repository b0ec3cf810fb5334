import type { Expression } from "../Expression.ts";
import type { Value } from "../Value.ts";
import { compileExpression } from "./compileExpression.ts";
import type { EvaluationEnvironment } from "./EvaluationEnvironment.ts";

/** Works an expression out once; for many records, `compileExpression` once. */
export function evaluate(expression: Expression, environment: EvaluationEnvironment): Value {
  return compileExpression(expression)(environment);
}
