import type { Expression, Operation } from "../../expression/Expression.ts";

/** How many bits an integer that the expression comes out as can take; at most 64, where no check is needed below. */
export function bitsOf(expression: Expression, ofField: FieldBits): number {
  if (expression.kind === "literal") {
    return typeof expression.value === "string" ? literalBits(BigInt(expression.value)) : 1;
  }
  if (expression.kind === "field") return ofField(expression);
  // No table holds more rows.
  if (expression.kind === "related" && expression.function === "count") return 56;
  if (expression.kind === "operation") return Math.min(64, operationBits(expression, ofField));
  return expression.type.kind === "integer" && expression.kind === "context" ? (expression.type.bits ?? 64) : 64;
}

export type FieldBits = (field: Extract<Expression, { kind: "field" }>) => number;

/** What an operation of integers comes out as before any check; more than 64 means that it may overflow. */
export function operationBits({ operator, operands }: Operation, ofField: FieldBits): number {
  const sizes = operands.filter(({ type }) => type.kind === "integer").map((operand) => bitsOf(operand, ofField));
  const [first = 64, second = 64] = sizes;
  switch (operator) {
    case "add":
    case "subtract":
      return Math.max(first, second) + 1;
    case "multiply":
      return first + second;
    case "divide":
    case "negate":
    case "absolute":
      return first + 1;
    case "remainder":
      return first;
    case "if":
    case "coalesce":
    case "least":
    case "greatest":
      return Math.max(1, ...sizes);
    case "length":
    case "size":
    case "indexOf":
    case "daysBetween":
      return 32;
    case "year":
    case "month":
    case "dayOfMonth":
    case "dayOfWeek":
    case "dayOfYear":
    case "hours":
    case "minutes":
    case "seconds":
    case "milliseconds":
      return 16;
    default:
      return 64;
  }
}

function literalBits(value: bigint): number {
  return (value < 0n ? -value - 1n : value).toString(2).length + 1;
}
