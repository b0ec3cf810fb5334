import type { ContextValue, Expression, FieldValue, LiteralValue, Operation, Related } from "../Expression.ts";
import { parseDuration } from "../time/durationText.ts";
import type { ValueType } from "../ValueType.ts";
import { nameWords, series } from "./nameWords.ts";

/** Says a condition in words; handed on, since values have conditions in them and conditions values. */
export type SayCondition = (condition: Expression) => string | null;

/** A value in words: “the company's owner”, “24 hours before now”; null where words would not be clearer than the text. */
export function valueWords(expression: Expression, say: SayCondition): string | null {
  switch (expression.kind) {
    case "literal":
      return literalWords(expression.type, expression.value);
    case "context":
      return contextWords(expression);
    case "field":
      return fieldWords(expression);
    case "variable":
      return ["the item", ...(expression.members ?? []).map(nameWords)].join("'s ");
    case "operation":
      return operationWords(expression, say);
    case "related":
      return relatedWords(expression, say);
    case "comprehension":
      return null;
  }
}

export function literalWords(type: ValueType, value: LiteralValue): string | null {
  if (value === null) return "empty";
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "string") {
    const of: ValueType = type.kind === "list" ? type.of : type;
    const items = value.map((item) => literalWords(of, item));
    return items.includes(null)
      ? null
      : series(
          items.filter((item) => item !== null),
          "or",
        );
  }
  switch (type.kind) {
    case "text":
      return `“${value}”`;
    case "choice":
      return nameWords(value);
    case "duration":
      return durationWords(value);
    default:
      return value;
  }
}

const units = [
  ["day", 86_400_000_000n],
  ["hour", 3_600_000_000n],
  ["minute", 60_000_000n],
  ["second", 1_000_000n],
] as const;

/** In the largest unit that counts it in whole numbers; up to two days in hours. */
function durationWords(text: string): string {
  const length = parseDuration(text) ?? 0n;
  const unit = units.find(([name, size]) => length % size === 0n && (name !== "day" || length > size * 2n));
  if (!unit) return text;
  const count = length / unit[1];
  return `${count} ${unit[0]}${count === 1n ? "" : "s"}`;
}

const bareWords: Readonly<Record<string, string>> = {
  actor: "the person asking",
  now: "now",
  today: "today",
  id: "this record",
  record: "this record",
};

export function contextWords({ path }: ContextValue): string {
  const [root = "", name, ...rest] = path;
  if (name === undefined) return bareWords[root] ?? `the ${nameWords(root)}`;
  const words = [name, ...rest].map(nameWords).join(" ");
  switch (root) {
    case "actor":
      return name === "id" ? "the person asking" : `the ${words} of the person asking`;
    case "arguments":
      return `the given ${words}`;
    case "previous":
      return `the ${words} before`;
    default:
      return `the ${words}`;
  }
}

/** “the company's owner”; a reference is called by its relationship, the key by the record. */
export function fieldWords({ record, field, members }: FieldValue): string {
  const own = field === "id" ? [] : [/[a-z0-9]Id$/.test(field) ? field.slice(0, -2) : field];
  const names = [...record.relationships, ...own, ...members].map(nameWords);
  if (names.length === 0) return record.root === "record" ? "this record" : "it";
  return `${record.root === "record" ? "the" : "its"} ${names.join("'s ")}`;
}

const binaryWords: Readonly<Record<string, string>> = {
  add: "plus",
  subtract: "minus",
  multiply: "times",
  divide: "divided by",
};

function operationWords({ operator, operands }: Operation, say: SayCondition): string | null {
  const parts = operands.map((operand) => valueWords(operand, say));
  const [first, second] = parts;
  if (parts.includes(null) || first == null) return null;
  const between = binaryWords[operator];
  if (between && operands.every(({ kind }) => kind !== "operation")) return `${first} ${between} ${second}`;
  switch (operator) {
    case "toDecimal":
    case "toText":
      return first;
    case "dateOf":
      return `the day of ${first}`;
    case "subtractDuration":
      return `${second} before ${first}`;
    case "addDuration":
      return `${second} after ${first}`;
    case "addDays":
      return `${second} days after ${first}`;
    case "addMonths":
      return `${second} months after ${first}`;
    case "daysBetween":
      return `the days from ${first} to ${second}`;
    case "size":
    case "length":
      return `the length of ${first}`;
    case "lower":
      return `${first} in small letters`;
    case "amountOf":
      return `the amount of ${first}`;
    case "currencyOf":
      return `the currency of ${first}`;
    case "year":
    case "month":
      return `the ${operator} of ${first}`;
    default:
      return null;
  }
}

const aggregateWords: Readonly<Record<string, string>> = {
  sum: "the sum of",
  avg: "the average of",
  min: "the least of",
  max: "the greatest of",
  first: "the first of",
  list: "all of",
};

function relatedWords(expression: Related, say: SayCondition): string | null {
  const condition = expression.where && say(expression.where);
  if (expression.where && !condition) return null;
  const records = recordsWords(expression) + (condition ? ` for which ${condition}` : "");
  if (expression.function === "count") return `the number of ${records}`;
  const value = expression.value && valueWords(expression.value, say);
  const words = aggregateWords[expression.function];
  return value && words ? `${words} ${value.replace(/^its /, "the ")} of ${records}` : null;
}

/** “the company's deals”. */
export function recordsWords({ from, path }: Related): string {
  return `${from.root === "record" ? "the" : "its"} ${[...from.relationships, ...path].map(nameWords).join("'s ")}`;
}
