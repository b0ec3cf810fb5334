import { literal, operation } from "../build.ts";
import type { Expression } from "../Expression.ts";
import type { OperatorName } from "../operators.ts";
import type { BinarySyntax, ComparisonSign } from "../parse/SyntaxNode.ts";
import { booleanType, listOf } from "../types.ts";
import { typeWords } from "../typeWords.ts";
import type { ValueType } from "../ValueType.ts";
import { keyOrValue } from "./asValue.ts";
import type { Checking } from "./Checking.ts";
import { coerce } from "./coerce.ts";
import { existsEqual } from "./relatedTerm.ts";
import type { Sight } from "./Sight.ts";
import type { Term, ValueTerm } from "./Term.ts";
import { commonType, unify } from "./unify.ts";

const comparisons: Readonly<Record<ComparisonSign, OperatorName>> = {
  "==": "equal",
  "!=": "notEqual",
  "<": "less",
  "<=": "lessOrEqual",
  ">": "greater",
  ">=": "greaterOrEqual",
};

type ComparisonSyntax = BinarySyntax & { readonly operator: ComparisonSign };

export function checkComparison(node: ComparisonSyntax, sight: Sight, checking: Checking): ValueTerm | null {
  const [leftTerm, rightTerm] = [checking.check(node.left, sight), checking.check(node.right, sight)];
  if (!leftTerm || !rightTerm || !sameResource(node, [leftTerm, rightTerm], checking)) return null;
  const left = comparable(leftTerm, rightTerm.kind === "record", checking);
  const right = comparable(rightTerm, leftTerm.kind === "record", checking);
  if (!left || !right) return null;
  const isEquality = node.operator === "==" || node.operator === "!=";
  if (isEquality && (isNullLiteral(left.expression) || isNullLiteral(right.expression))) {
    const asked = isNullLiteral(right.expression) ? left.expression : right.expression;
    return made(node, operation(node.operator === "==" ? "isNull" : "isNotNull", booleanType, [asked]));
  }
  const unified = unify([left, right], checking);
  if (unified === "reported") return null;
  if (unified === "unfit" || !(isEquality ? hasEquality : hasOrder)(unified.type)) {
    return incomparable(node, { left, right, isEquality }, checking);
  }
  return made(node, operation(comparisons[node.operator], booleanType, unified.expressions));
}

/** Two records can only be the same where they are of one resource. */
function sameResource(node: BinarySyntax, terms: readonly [Term, Term], checking: Checking): boolean {
  const [a, b] = terms.map((term) =>
    term.kind === "record" ? term.path.resource : term.kind === "records" ? term.resource : null,
  );
  if (a == null || b == null || a === b) return true;
  const [left, right] = terms;
  const message = `${checking.quote(left)} leads to ${a} and ${checking.quote(right)} to ${b}, so they are never the same record.`;
  checking.problem("wrong_type", message, node);
  return false;
}

/** Records are compared by their keys; an object that has an `id`, as `actor` has, stands for its record. */
function comparable(term: Term, besideRecord: boolean, checking: Checking): ValueTerm | null {
  const value = keyOrValue(term, checking);
  const expression = value?.expression;
  if (!value || expression?.kind !== "context") return value;
  if (expression.type.kind === "record") {
    const key = checking.scope.resources.of(expression.type.resource)?.key;
    return key ? { ...value, expression: { ...expression, type: key, path: [...expression.path, "id"] } } : value;
  }
  if (expression.type.kind !== "object" || !besideRecord) return value;
  const id = expression.type.members.find(({ name }) => name === "id");
  return id ? { ...value, expression: { ...expression, type: id.type, path: [...expression.path, "id"] } } : value;
}

function isNullLiteral(expression: Expression): boolean {
  return expression.kind === "literal" && expression.value === null;
}

function hasEquality(type: ValueType): boolean {
  if (type.kind === "list") return type.of.kind !== "money" && type.of.kind !== "list" && hasEquality(type.of);
  return type.kind !== "object" && type.kind !== "json" && type.kind !== "record" && type.kind !== "records";
}

export function hasOrder(type: ValueType): boolean {
  return type.kind !== "choice" && type.kind !== "list" && hasEquality(type);
}

interface Sides {
  readonly left: ValueTerm;
  readonly right: ValueTerm;
  readonly isEquality: boolean;
}

function incomparable(node: BinarySyntax, { left, right, isEquality }: Sides, checking: Checking): null {
  const [a, b] = [left.expression.type, right.expression.type];
  const verb = isEquality ? "be compared" : "be put in order";
  const message =
    a.kind === b.kind
      ? `${checking.quote(left)} and ${checking.quote(right)} are ${typeWords(a)} each, which cannot ${verb}. ${instead(a, b)}`
      : `${checking.quote(left)} is ${typeWords(a)} and ${checking.quote(right)} is ${typeWords(b)}; they cannot ${verb}. ${instead(a, b)}`;
  return checking.problem("wrong_type", message.trimEnd(), node);
}

/** What to do about a comparison that does not work. */
function instead(a: ValueType, b: ValueType): string {
  const kinds = [a.kind, b.kind];
  const has = (kind: ValueType["kind"]) => kinds.includes(kind);
  if (has("date") && has("timestamp")) return "Take the day of the moment: `date(…)`.";
  if (has("text") && (has("integer") || has("decimal")))
    return "Write the number without quotes, or turn the text into one: `decimal(…)`.";
  if (has("text") && has("boolean")) return "Write `true` or `false` without quotes.";
  if (has("money") && (has("integer") || has("decimal"))) return "Take the `.amount` of the money.";
  if (has("text") && ["date", "timestamp", "time"].some((kind) => kinds.includes(kind as ValueType["kind"]))) {
    return "Turn the text into one first, as `date(…)` and `timestamp(…)` do.";
  }
  if (has("list") && a.kind !== b.kind) return "Write `in` to look for a value in a list.";
  if (has("choice") && a.kind === b.kind) return "Compare the texts: `string(…)`.";
  if (has("json")) return "Of json one can only ask whether it is null.";
  if (has("object")) return "Compare their members.";
  return "";
}

/** `value in list`, and of related records `record in records`, `key in records`, `value in records.field`. */
export function checkIn(node: BinarySyntax, sight: Sight, checking: Checking): ValueTerm | null {
  const [leftTerm, rightTerm] = [checking.check(node.left, sight), checking.check(node.right, sight)];
  if (!leftTerm || !rightTerm || !sameResource(node, [leftTerm, rightTerm], checking)) return null;
  if (rightTerm.kind === "records" || rightTerm.kind === "column") {
    const left = comparable(leftTerm, rightTerm.kind === "records", checking);
    return left && existsEqual(rightTerm, { value: left, at: node }, checking);
  }
  const left = keyOrValue(leftTerm, checking);
  const right = keyOrValue(rightTerm, checking);
  if (!left || !right) return null;
  const { type } = right.expression;
  if (type.kind !== "list") {
    const message = `${checking.quote(right)} is ${typeWords(type)}; \`in\` looks in a list, as in \`stage in ['won', 'lost']\`.`;
    return checking.problem("wrong_type", message, node.right);
  }
  return inList(node, { left, right, of: type.of }, checking);
}

interface InList {
  readonly left: ValueTerm;
  readonly right: ValueTerm;
  /** What the list is of. */
  readonly of: ValueType;
}

function inList(node: BinarySyntax, { left, right, of }: InList, checking: Checking): ValueTerm | null {
  const item: ValueTerm = { ...right, expression: withType(right.expression, of) };
  const common = commonType([left, item]);
  const value = common ? coerce(left.expression, common, checking) : "unfit";
  const list = common ? coerce(right.expression, { ...common, type: listOf(common.type) }, checking) : "unfit";
  if (value === "reported" || list === "reported") return null;
  if (value === "unfit" || list === "unfit" || !common || !isComparableItem(common.type)) {
    const message = `${checking.quote(left)} is ${typeWords(left.expression.type)} and ${checking.quote(right)} is ${typeWords(listOf(of))}; the one cannot be in the other. ${instead(left.expression.type, of)}`;
    return checking.problem("wrong_type", message.trimEnd(), node);
  }
  return made(node, operation("in", booleanType, [value, list]));
}

function isComparableItem(type: ValueType): boolean {
  return type.kind !== "list" && hasEquality(type);
}

function withType(expression: Expression, type: ValueType): Expression {
  return expression.kind === "literal" ? literal(type, null) : { ...expression, type };
}

function made({ start, end }: BinarySyntax, expression: Expression): ValueTerm {
  return { kind: "value", expression, origin: null, start, end };
}
