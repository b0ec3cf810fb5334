import { operation } from "../build.ts";
import type { Expression } from "../Expression.ts";
import type { ExpressionProblem } from "../ExpressionProblem.ts";
import type { ExpressionScope } from "../ExpressionScope.ts";
import { parseExpression } from "../parse/parseExpression.ts";
import type { SyntaxNode } from "../parse/SyntaxNode.ts";
import type { Reference } from "../Reference.ts";
import { decimalType } from "../types.ts";
import { kindWords, typeWords } from "../typeWords.ts";
import type { ValueKind, ValueType } from "../ValueType.ts";
import { keyOrValue } from "./asValue.ts";
import { Checking } from "./Checking.ts";
import { checkNesting } from "./checkNesting.ts";
import { checkNode } from "./checkNode.ts";
import { coerce } from "./coerce.ts";
import { finished } from "./finished.ts";
import type { Sight } from "./Sight.ts";
import type { ValueTerm } from "./Term.ts";

export interface CheckOptions {
  /** What it must come out as. A type converts as in comparisons; of kinds, any will do. Absent: anything. */
  readonly expected?: ValueType | readonly ValueKind[];
  /** The choice field that is given the value, so that references tell whose options stand in the text. */
  readonly target?: { readonly resource: string; readonly member: string };
}

export interface CheckedExpression {
  /** Null when there are problems; frozen. */
  readonly expression: Expression | null;
  /** All that could be found, in the order of their places. */
  readonly problems: readonly ExpressionProblem[];
  /** Which names of the model stand where, in the order of their places; as far as it was understood. */
  readonly references: readonly Reference[];
}

/** Reads an expression and checks its names and types. Never throws for whatever text. */
export function checkExpression(text: string, scope: ExpressionScope, options: CheckOptions = {}): CheckedExpression {
  const { node, problem } = parseExpression(text);
  if (!node) return { expression: null, problems: [problem], references: [] };
  const checking = new Checking(text, scope, checkNode);
  const expression = checkWhole(node, options, checking);
  if (expression) checkNesting(expression, checking);
  const problems = sorted(checking.problems);
  return {
    expression: expression && problems.length === 0 ? finished(expression) : null,
    problems,
    references: sorted(checking.references),
  };
}

function checkWhole(node: SyntaxNode, options: CheckOptions, checking: Checking): Expression | null {
  const { resource } = checking.scope;
  const sight: Sight = { record: resource === null ? null : { root: "record", resource }, variables: new Map() };
  const term = checking.check(node, sight);
  const value = term && keyOrValue(term, checking);
  if (!term || !value) return null;
  const { expected } = options;
  if (!expected) return value.expression;
  return "kind" in expected ? asType(value, { ...options, expected }, checking) : asKind(value, expected, checking);
}

interface TypedOptions extends CheckOptions {
  readonly expected: ValueType;
}

function asType(value: ValueTerm, { expected, target }: TypedOptions, checking: Checking): Expression | null {
  const wanted = { type: expected, origin: target ? { kind: "choice" as const, ...target } : null };
  const coerced = coerce(value.expression, wanted, checking);
  if (coerced === "reported") return null;
  if (coerced !== "unfit") return coerced;
  const { type } = value.expression;
  const message = `This is ${typeWords(type)}; here ${typeWords(expected)} is needed. ${instead(type, expected)}`;
  return checking.problem("wrong_type", message.trimEnd(), value);
}

function asKind(value: ValueTerm, kinds: readonly ValueKind[], checking: Checking): Expression | null {
  const { expression } = value;
  const { kind } = expression.type;
  if (kind === "null" || kinds.includes(kind)) return expression;
  if (kind === "integer" && kinds.includes("decimal")) {
    const widened = coerce(expression, { type: decimalType }, checking);
    return typeof widened === "string" ? operation("toDecimal", decimalType, [expression]) : widened;
  }
  if (kinds.includes("text") && (kind === "choice" || kind === "uuid")) {
    const text = coerce(expression, { type: { kind: "text" } }, checking);
    if (typeof text !== "string") return text;
  }
  const needed = kinds.map(kindWords).join(" or ");
  const hint = kinds.length === 1 && kinds[0] ? instead(expression.type, { kind: kinds[0] } as ValueType) : "";
  return checking.problem(
    "wrong_type",
    `This is ${typeWords(expression.type)}; here ${needed} is needed. ${hint}`.trimEnd(),
    value,
  );
}

/** What to do where one type is needed and another is there. */
function instead(given: ValueType, needed: ValueType): string {
  if (needed.kind === "boolean") return "Compare it with something.";
  if (needed.kind === "integer" && given.kind === "decimal") return "Write `int(round(…))`.";
  if (needed.kind === "date" && given.kind === "timestamp") return "Write `date(…)`.";
  if (needed.kind === "timestamp" && given.kind === "date") return "Write `timestamp(…)`.";
  if (needed.kind === "text" && given.kind !== "list") return "Write `string(…)`.";
  if (needed.kind === "money" && (given.kind === "decimal" || given.kind === "integer"))
    return "Write `money(…, 'EUR')`.";
  if (needed.kind === "decimal" && given.kind === "money") return "Take its `.amount`.";
  return "";
}

function sorted<Placed extends { readonly start: number; readonly end: number }>(
  placed: readonly Placed[],
): readonly Placed[] {
  const places = new Map(placed.map((one) => [JSON.stringify(one), one]));
  return [...places.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}
