import type { Expression, Operation, Related } from "../Expression.ts";
import type { ValueKind } from "../ValueType.ts";
import { nameWords, series } from "./nameWords.ts";
import { contextWords, fieldWords, literalWords, recordsWords, valueWords } from "./valueWords.ts";

/**
 * An expression in English words, as part of a sentence: “the stage is not won and the owner is the person asking”.
 * Where words would not be clearer, its text between backticks.
 */
export function describeExpression(expression: Expression, text: string): string {
  const words =
    expression.type.kind === "boolean" ? conditionWords(expression) : valueWords(expression, conditionWords);
  return words ?? `\`${text.replace(/\s+/g, " ").trim()}\``;
}

function conditionWords(condition: Expression): string | null {
  return said(condition, false);
}

/** The condition, or its contrary. */
function said(condition: Expression, negated: boolean): string | null {
  switch (condition.kind) {
    case "literal":
      return condition.value === !negated ? "always" : "never";
    case "field": {
      if (condition.record.relationships.length > 0 || condition.members.length > 0) {
        return `${fieldWords(condition)} is ${negated ? "false" : "true"}`;
      }
      const name = nameWords(condition.field).replace(/^is /, "");
      return `it is ${negated ? "not " : ""}${name}`;
    }
    case "related":
      return quantifierWords(condition, negated);
    case "operation":
      return operationWords(condition, negated);
    case "context":
      return `${contextWords(condition)} is ${negated ? "false" : "true"}`;
    default:
      return null;
  }
}

function operationWords(condition: Operation, negated: boolean): string | null {
  const { operator, operands } = condition;
  const [first, second] = operands;
  switch (operator) {
    case "not":
      return first ? said(first, !negated) : null;
    case "and":
    case "or":
      return connectedWords(condition, negated);
    case "isNull":
    case "isNotNull": {
      const value = first && valueWords(first, conditionWords);
      return value ? `${value} is ${(operator === "isNull") === negated ? "not " : ""}empty` : null;
    }
    case "in":
      return first && second ? amongWords([first, second], negated) : null;
    default:
      return first && second ? comparedWords(operator, { operands: [first, second], negated }) : null;
  }
}

/** The contrary of “a and b” is “not a or not b”. */
function connectedWords({ operator, operands }: Operation, negated: boolean): string | null {
  const word = (operator === "and") === negated ? "or" : "and";
  const parts = operands.map((operand) => {
    const words = said(operand, negated);
    const inner = operand.kind === "operation" && (operand.operator === "and" || operand.operator === "or");
    return words && inner ? `${(operand.operator === "and") === negated ? "either" : "both"} ${words}` : words;
  });
  return parts.includes(null)
    ? null
    : series(
        parts.filter((part) => part !== null),
        word,
      );
}

/** “the stage is won or lost”, “the person asking is an admin”. */
function amongWords([value, list]: readonly [Expression, Expression], negated: boolean): string | null {
  const words = valueWords(value, conditionWords);
  if (words === null) return null;
  if (list.kind === "context" && list.path.join(".") === "actor.roles") {
    const role = value.kind === "literal" ? nameWords(String(value.value)) : words;
    return `the person asking ${negated ? "does not have" : "has"} the role ${role}`;
  }
  if (list.kind === "literal" && Array.isArray(list.value) && list.type.kind === "list") {
    const { of } = list.type;
    const items = list.value.map((item) => literalWords(of, item)).filter((item) => item !== null);
    if (items.length === 0) return negated ? "always" : "never";
    const neither = items.length > 1 ? "neither" : "not";
    return negated ? `${words} is ${neither} ${series(items, "nor")}` : `${words} is ${series(items, "or")}`;
  }
  const among = valueWords(list, conditionWords);
  return among && `${words} is ${negated ? "not " : ""}among ${among}`;
}

interface Compared {
  readonly operands: readonly [Expression, Expression];
  readonly negated: boolean;
}

function comparedWords(operator: Operation["operator"], { operands, negated }: Compared): string | null {
  const [left, right] = operands;
  const isTruth = right.kind === "literal" && typeof right.value === "boolean";
  if (isTruth && (operator === "equal" || operator === "notEqual")) {
    return said(left, negated !== ((operator === "equal") !== right.value));
  }
  const verb = verbOf(operator, { kind: left.type.kind, negated });
  const [a, b] = operands.map((operand) => valueWords(operand, conditionWords));
  return verb && a && b ? `${a} ${verb} ${b}` : null;
}

function verbOf(
  operator: Operation["operator"],
  { kind, negated }: { kind: ValueKind; negated: boolean },
): string | null {
  const timed = kind === "date" || kind === "timestamp" || kind === "time";
  const not = negated ? "not " : "";
  switch (operator) {
    case "equal":
      return `is ${not}`.trimEnd();
    case "notEqual":
      return negated ? "is" : "is not";
    case "less":
      return `is ${not}${timed ? "before" : "less than"}`;
    case "greater":
      return `is ${not}${timed ? "after" : "greater than"}`;
    case "lessOrEqual":
      return timed ? `is ${negated ? "after" : "not after"}` : `is ${negated ? "greater than" : "at most"}`;
    case "greaterOrEqual":
      return timed ? `is ${negated ? "before" : "not before"}` : `is ${negated ? "less than" : "at least"}`;
    case "startsWith":
      return negated ? "does not begin with" : "begins with";
    case "endsWith":
      return negated ? "does not end with" : "ends with";
    case "contains":
      return negated ? "does not contain" : "contains";
    case "matches":
      return negated ? "does not match" : "matches";
    default:
      return null;
  }
}

function quantifierWords(condition: Related, negated: boolean): string | null {
  const records = recordsWords(condition);
  const where = condition.where && conditionWords(condition.where);
  if (condition.where && !where) return null;
  switch (condition.function) {
    case "exists":
      if (!where) return `there are ${negated ? "none" : "some"} of ${records}`;
      return `${negated ? "none" : "one"} of ${records} is such that ${where}`;
    case "all":
      return where && `${negated ? "not every one" : "every one"} of ${records} is such that ${where}`;
    default:
      return null;
  }
}
