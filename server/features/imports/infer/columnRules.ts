import type { Attribute, AttributeType } from "#lib/model/types.ts";
import { canonicalText, isBoundedKind } from "#lib/model/values/canonicalText.ts";
import { compareCanonical } from "#lib/model/values/compareCanonical.ts";
import type { CatalogCheck } from "../catalog/Catalog.ts";
import { choiceOptions } from "./columnType.ts";
import type { Expression } from "./parseExpression.ts";
import { parseExpression } from "./parseExpression.ts";
import { wholePattern } from "./wholePattern.ts";

/** What the checks of a column say in the language. */
export type ColumnRules = Pick<Attribute, "min" | "max" | "minLength" | "maxLength" | "pattern"> & {
  readonly options?: readonly string[];
  readonly required?: boolean;
};

export interface ReadCheck {
  /** The column it speaks of; null when it cannot be said in the language. */
  readonly column: string | null;
  readonly rules: ColumnRules;
  /** What of it is kept less strictly. */
  readonly note?: string;
}

const nothing: ReadCheck = { column: null, rules: {} };

/** Reads a check of one column: bounds, lists of values, lengths, patterns, not null, and several of these with AND. */
export function readCheck(check: CatalogCheck, typeOf: (column: string) => AttributeType | undefined): ReadCheck {
  const expression = parseExpression(check.expression);
  if (!expression) return nothing;
  const parts = expression.kind === "logic" && expression.operator === "and" ? expression.items : [expression];
  const read = parts.map((part) => readPart(part, typeOf));
  const [first] = read;
  if (!first?.column || read.some(({ column }) => column !== first.column)) return nothing;
  const type = typeOf(first.column);
  const rules = type ? read.map((part) => part.rules).reduce((one, other) => mergeRules(type, one, other), {}) : {};
  const note = read.find((part) => part.note)?.note;
  return { column: first.column, rules, ...(note ? { note } : {}) };
}

function readPart(part: Expression, typeOf: (column: string) => AttributeType | undefined): ReadCheck {
  if (part.kind === "notNull" && part.operand.kind === "column")
    return { column: part.operand.name, rules: { required: true } };
  if (part.kind === "logic" && part.operator === "or") return readAlternatives(part.items);
  if (part.kind !== "compare") return nothing;
  const { operator, left, right } = part;
  if (left.kind === "column") {
    const type = typeOf(left.name);
    if (operator === "any") return withOptions(left.name, right, type);
    if (right.kind !== "literal" || right.text === null || !type) return nothing;
    if (operator === "=" && type.kind === "text") return { column: left.name, rules: { options: [right.text] } };
    if (operator === "~" && type.kind === "text") {
      const pattern = wholePattern(right.text);
      return pattern === null ? nothing : { column: left.name, rules: { pattern } };
    }
    return bound(left.name, operator, right.text, type);
  }
  const length = lengthOf(left);
  if (length !== null && right.kind === "literal") return lengthBound(length, operator, Number(right.text));
  const turned = left.kind === "literal" ? mirrored[operator] : undefined;
  return turned ? readPart({ kind: "compare", operator: turned, left: right, right: left }, typeOf) : nothing;
}

const mirrored: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=" };

/** `a = 'x' OR a = 'y'`. */
function readAlternatives(items: readonly Expression[]): ReadCheck {
  const options: string[] = [];
  let column: string | null = null;
  for (const item of items) {
    if (item.kind !== "compare" || item.operator !== "=" || item.left.kind !== "column") return nothing;
    if (item.right.kind !== "literal" || item.right.text === null) return nothing;
    if (column !== null && column !== item.left.name) return nothing;
    column = item.left.name;
    options.push(item.right.text);
  }
  return { column, rules: { options } };
}

function withOptions(column: string, list: Expression, type: AttributeType | undefined): ReadCheck {
  if (list.kind !== "list" || type?.kind !== "text") return nothing;
  const options = list.items
    .map((item) => (item.kind === "literal" ? item.text : null))
    .filter((text) => text !== null);
  return options.length === list.items.length && options.length > 0 ? { column, rules: { options } } : nothing;
}

function bound(column: string, operator: string, text: string, type: AttributeType): ReadCheck {
  const { kind } = type;
  if (!isBoundedKind(kind)) return nothing;
  const value = canonicalText(text, kind);
  if (value === null) return nothing;
  const isWhole = kind === "integer" || kind === "bigint";
  const strict = "The bound itself was excluded; now it is included.";
  switch (operator) {
    case ">=":
      return { column, rules: { min: value } };
    case "<=":
      return { column, rules: { max: value } };
    case ">":
      if (isWhole) return { column, rules: { min: String(BigInt(value) + 1n) } };
      return { column, rules: { min: value }, note: strict };
    case "<":
      if (isWhole) return { column, rules: { max: String(BigInt(value) - 1n) } };
      return { column, rules: { max: value }, note: strict };
    case "=":
      return { column, rules: { min: value, max: value } };
    default:
      return nothing;
  }
}

function lengthOf(expression: Expression): string | null {
  if (expression.kind !== "call" || !["length", "char_length", "character_length"].includes(expression.name))
    return null;
  const [operand] = expression.items;
  return operand?.kind === "column" && expression.items.length === 1 ? operand.name : null;
}

function lengthBound(column: string, operator: string, length: number): ReadCheck {
  if (!Number.isSafeInteger(length)) return nothing;
  const rules: Readonly<Record<string, ColumnRules>> = {
    ">=": { minLength: length },
    ">": { minLength: length + 1 },
    "<=": { maxLength: length },
    "<": { maxLength: length - 1 },
    "=": { minLength: length, maxLength: length },
  };
  const found = rules[operator];
  const isPossible = (found?.maxLength ?? 1) > 0 && (found?.minLength ?? 0) >= 0;
  return found && isPossible ? { column, rules: found } : nothing;
}

/** Both rules at once: the stricter bound of each kind. */
export function mergeRules(type: AttributeType, one: ColumnRules, other: ColumnRules): ColumnRules {
  const { kind } = type;
  const stricter = (side: "min" | "max", a: string | undefined, b: string | undefined) => {
    if (a === undefined || b === undefined || !isBoundedKind(kind)) return a ?? b;
    const order = compareCanonical(a, b, kind);
    return (side === "min" ? order >= 0 : order <= 0) ? a : b;
  };
  const min = stricter("min", one.min, other.min);
  const max = stricter("max", one.max, other.max);
  const minLength = Math.max(one.minLength ?? 0, other.minLength ?? 0);
  const maxLength = Math.min(one.maxLength ?? Number.POSITIVE_INFINITY, other.maxLength ?? Number.POSITIVE_INFINITY);
  const pattern = one.pattern ?? other.pattern;
  const options = both(one.options, other.options);
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(minLength > 0 ? { minLength } : {}),
    ...(maxLength < Number.POSITIVE_INFINITY ? { maxLength } : {}),
    ...(pattern === undefined ? {} : { pattern }),
    ...(options ? { options } : {}),
    ...(one.required || other.required ? { required: true } : {}),
  };
}

function both(one: readonly string[] | undefined, other: readonly string[] | undefined) {
  if (!one || !other) return one ?? other;
  return one.filter((option) => other.includes(option));
}

/** A text that may hold one of few values is a choice. */
export function choiceOf(options: readonly string[]): AttributeType {
  return { kind: "choice", options: choiceOptions([...new Set(options)]) };
}
