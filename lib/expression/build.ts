import type { Expression, Literal, LiteralValue, Operation } from "./Expression.ts";
import type { OperatorName } from "./operators.ts";
import { booleanType } from "./types.ts";
import type { ValueType } from "./ValueType.ts";

export function literal(type: ValueType, value: LiteralValue): Literal {
  return { kind: "literal", type, value };
}

export function operation(operator: OperatorName, type: ValueType, operands: readonly Expression[]): Operation {
  return { kind: "operation", type, operator, operands };
}

/** All of them; true where there is none. */
export function conjunction(operands: readonly Expression[]): Expression {
  const [first] = operands;
  if (!first) return literal(booleanType, true);
  return operands.length === 1 ? first : operation("and", booleanType, operands);
}
