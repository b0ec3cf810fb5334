import type { JsonValue } from "../types.ts";
import { notLiteral } from "./notLiteral.ts";
import type { Reading } from "./Reading.ts";
import { readProperties } from "./readProperties.ts";
import type { Expression, Spot } from "./syntax.ts";

/** Deeper values are refused; PostgreSQL and every client would take them, people would not. */
const maxDepth = 32;

/** The expression without `as const` around it. */
export function plain(node: Expression): Expression {
  let inner = node;
  while (inner.type === "TSAsExpression" && isConst(inner.typeAnnotation)) inner = inner.expression;
  return inner;
}

function isConst(type: Extract<Expression, { type: "TSAsExpression" }>["typeAnnotation"]): boolean {
  return type.type === "TSTypeReference" && type.typeName.type === "Identifier" && type.typeName.name === "const";
}

/** The text of a string literal; null for anything else. */
export function stringValue(expression: Expression): string | null {
  const node = plain(expression);
  if (node.type === "StringLiteral") return node.value;
  if (node.type === "TemplateLiteral" && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? null;
  return null;
}

/** The digits of a number literal as written (`"-12.50"`); null for anything else or when a number cannot hold them exactly. */
export function numberText(expression: Expression): string | null {
  const node = plain(expression);
  if (node.type === "UnaryExpression" && node.operator === "-") {
    const text = node.argument.type === "NumericLiteral" ? numberText(node.argument) : null;
    return text === null ? null : `-${text}`;
  }
  if (node.type !== "NumericLiteral") return null;
  const raw = String(node.extra?.raw ?? node.value).replaceAll("_", "");
  if (!/^(\d+\.?\d*|\.\d+)$/.test(raw) || /^0\d/.test(raw)) return null;
  return raw.replace(".", "").replace(/^0+/, "").length > 15 ? null : raw;
}

export function readString(node: Expression, reading: Reading, path: readonly string[]): string | null {
  const value = stringValue(node);
  if (value === null) return refuseKind(node, reading, path, "Write text in quotes here.");
  if (!value.isWellFormed()) return reading.refuse("wrong_type", node, path, "This text holds half a character.");
  return value;
}

export function readBoolean(node: Expression, reading: Reading, path: readonly string[]): boolean | null {
  const value = plain(node);
  if (value.type === "BooleanLiteral") return value.value;
  return refuseKind(node, reading, path, "Write `true` or `false` here.");
}

/** A whole number from 0 up, of at most so many digits. */
export function readCount(node: Expression, reading: Reading, path: readonly string[], digits = 9): number | null {
  const text = numberText(node);
  if (text !== null && /^\d+$/.test(text) && text.length <= digits) return Number(text);
  return refuseKind(node, reading, path, "Write a whole number from 0 up here.");
}

export function readStrings(node: Expression, reading: Reading, path: readonly string[]): readonly string[] | null {
  const list = readList(node, reading, path);
  if (list === null) return null;
  return list.flatMap((item, index) => {
    const value = readString(item, reading, [...path, String(index)]);
    reading.place([...path, String(index)], item);
    return value === null ? [] : [value];
  });
}

/** The elements of an array literal; those that are not plain are refused and left out. */
export function readList(node: Expression, reading: Reading, path: readonly string[]): readonly Expression[] | null {
  const list = plain(node);
  if (list.type !== "ArrayExpression") return refuseKind(node, reading, path, "Write a list in `[ ]` here.");
  const items: Expression[] = [];
  for (const item of list.elements) {
    if (item === null)
      reading.refuse("not_literal", list, path, "This list has an empty place. Remove the extra comma.");
    else if (item.type === "SpreadElement") reading.refuse("not_literal", item, path, notLiteral(item));
    else items.push(item);
  }
  return items;
}

/** Any JSON value; `undefined` when it was refused. */
export function readJson(
  node: Expression,
  reading: Reading,
  path: readonly string[],
  depth = 0,
): JsonValue | undefined {
  if (depth > maxDepth) {
    reading.refuse("too_deep", node, path, `A value can be nested ${maxDepth} deep. Make it simpler.`);
    return undefined;
  }
  const value = plain(node);
  const text = stringValue(value);
  if (text !== null) return readString(value, reading, path) ?? undefined;
  const number = jsonNumber(value);
  if (number !== null) return number;
  switch (value.type) {
    case "BooleanLiteral":
      return value.value;
    case "NullLiteral":
      return null;
    case "ArrayExpression": {
      const items = readList(value, reading, path)?.map((item) => readJson(item, reading, path, depth + 1)) ?? [];
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case "ObjectExpression":
      return readJsonObject(value, reading, path, depth);
    default:
      reading.refuse("not_literal", node, path, notLiteral(value));
      return undefined;
  }
}

function jsonNumber(node: Expression): number | null {
  const negative = node.type === "UnaryExpression" && node.operator === "-";
  const literal = negative ? node.argument : node;
  if (literal.type !== "NumericLiteral" || !Number.isFinite(literal.value)) return null;
  return negative && literal.value !== 0 ? -literal.value : literal.value;
}

function readJsonObject(
  node: Extract<Expression, { type: "ObjectExpression" }>,
  reading: Reading,
  path: readonly string[],
  depth: number,
): JsonValue | undefined {
  const entries: [string, JsonValue][] = [];
  let whole = true;
  for (const property of readProperties(node, reading, path)) {
    if (property.name === "__proto__") {
      reading.refuse("reserved_name", property.key, path, "`__proto__` cannot be a name here. Choose another.");
      whole = false;
      continue;
    }
    const value = readJson(property.value, reading, path, depth + 1);
    if (value === undefined) whole = false;
    else entries.push([property.name, value]);
  }
  return whole ? Object.fromEntries(entries) : undefined;
}

/** Refuses a value of the wrong kind, or says why it is no plain value at all. */
export function refuseKind(node: Spot, reading: Reading, path: readonly string[], message: string): null {
  const literal = /Literal$|^ArrayExpression$|^ObjectExpression$|^UnaryExpression$/.test(node.type);
  const isPlain = literal && node.type !== "TemplateLiteral";
  return reading.refuse(isPlain ? "wrong_type" : "not_literal", node, path, isPlain ? message : notLiteral(node));
}
