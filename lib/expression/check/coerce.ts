import { literal, operation } from "../build.ts";
import type { Expression, Literal, Operation } from "../Expression.ts";
import { decimalType, sameType, textType } from "../types.ts";
import type { ValueType } from "../ValueType.ts";
import type { Checking } from "./Checking.ts";
import { literalText } from "./literalText.ts";
import type { Origin } from "./Term.ts";

/** A type that is wanted, and whose options it names where it is a choice. */
export interface Wanted {
  readonly type: ValueType;
  readonly origin?: Origin | null;
}

/** `unfit`: it is of another type, which is left to the caller to report. `reported`: a literal says no such value. */
export type Coerced = Expression | "unfit" | "reported";

/** An expression as one of the wanted type: literals are read, numbers widened, choices and UUIDs become texts. */
export function coerce(expression: Expression, wanted: Wanted, checking: Checking): Coerced {
  const { type } = wanted;
  if (expression.kind === "literal") return coerceLiteral(expression, wanted, checking);
  if (expression.kind === "operation" && passing.has(expression.operator)) {
    return coercePassed(expression, wanted, checking);
  }
  if (expression.type.kind === "null" || sameType(expression.type, type)) return expression;
  if (type.kind === "decimal" && expression.type.kind === "integer")
    return operation("toDecimal", decimalType, [expression]);
  if (type.kind === "text" && (expression.type.kind === "choice" || expression.type.kind === "uuid")) {
    return operation("toText", textType, [expression]);
  }
  return "unfit";
}

/** Operators that hand on the values of their operands, from that operand on. */
const passing: ReadonlyMap<string, number> = new Map([
  ["if", 1],
  ["coalesce", 0],
  ["list", 0],
]);

function coercePassed(expression: Operation, wanted: Wanted, checking: Checking): Coerced {
  const { type } = wanted;
  if (sameType(expression.type, type)) return expression;
  if (expression.operator === "list" && type.kind !== "list") return "unfit";
  const inner = expression.operator === "list" && type.kind === "list" ? { ...wanted, type: type.of } : wanted;
  const from = passing.get(expression.operator) ?? 0;
  const operands: Expression[] = expression.operands.slice(0, from);
  let refused: "unfit" | "reported" | null = null;
  for (const operand of expression.operands.slice(from)) {
    const coerced = coerce(operand, inner, checking);
    if (coerced === "unfit") return coerced;
    if (coerced === "reported") refused = coerced;
    else operands.push(coerced);
  }
  return refused ?? operation(expression.operator, type, operands);
}

function coerceLiteral(expression: Literal, wanted: Wanted, checking: Checking): Coerced {
  const { type } = wanted;
  const { value } = expression;
  const at = checking.placeOf(expression);
  const placed = (made: Literal): Literal => (at ? checking.place(made, at) : made);
  if (value === null) return placed(literal(type, null));
  if (typeof value === "object") {
    if (type.kind !== "list") return "unfit";
    return value.length === 0 || sameType(expression.type, type) ? placed(literal(type, value)) : "unfit";
  }
  if (expression.type.kind === "text" && typeof value === "string") {
    return literalText(value, { ...wanted, at: at ?? { start: 0, end: checking.text.length } }, checking);
  }
  if (sameType(expression.type, type)) return expression;
  if (type.kind === "decimal" && expression.type.kind === "integer") return placed(literal(decimalType, value));
  if (type.kind === "text" && (expression.type.kind === "choice" || expression.type.kind === "uuid")) {
    return placed(literal(textType, value));
  }
  return "unfit";
}

/** Whether it is made of literal texts, which can stand for values of other types. */
export function isLiteralText(expression: Expression): boolean {
  if (expression.kind === "literal") return expression.type.kind === "text" || expression.value === null;
  if (expression.kind !== "operation") return false;
  const from = passing.get(expression.operator);
  return from !== undefined && expression.operands.slice(from).every(isLiteralText);
}
