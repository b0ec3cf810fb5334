import { literal } from "../build.ts";
import { parseDecimalLiteral } from "../decimal/parseDecimal.ts";
import { printDecimal } from "../decimal/printDecimal.ts";
import type { Literal } from "../Expression.ts";
import { inRange } from "../integerRange.ts";
import type { LiteralSyntax, Span } from "../parse/SyntaxNode.ts";
import { booleanType, decimalType, integerType, nullType, textType } from "../types.ts";
import type { Checking } from "./Checking.ts";
import type { ValueTerm } from "./Term.ts";

export function checkLiteral(node: LiteralSyntax, checking: Checking): ValueTerm | null {
  const { value } = node;
  if (value === null) return placed(literal(nullType, null), node, checking);
  if (typeof value === "boolean") return placed(literal(booleanType, value), node, checking);
  if (typeof value === "string") return placed(literal(textType, value), node, checking);
  if (typeof value === "bigint") return integerLiteral(value, node, checking);
  const number = parseDecimalLiteral(value.decimal);
  if (!number) return checking.problem("bad_literal", "A number has at most 1,000 digits.", node);
  return placed(literal(decimalType, printDecimal(number)), node, checking);
}

export function integerLiteral(value: bigint, at: Span, checking: Checking): ValueTerm | null {
  if (inRange(value) !== null) return placed(literal(integerType, value.toString()), at, checking);
  const message = "Whole numbers have 64 bits. Write a larger one as a decimal, with `.0` at its end.";
  return checking.problem("bad_literal", message, at);
}

function placed(expression: Literal, { start, end }: Span, checking: Checking): ValueTerm {
  return { kind: "value", expression: checking.place(expression, { start, end }), origin: null, start, end };
}
