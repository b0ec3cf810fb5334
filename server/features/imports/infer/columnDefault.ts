import type { AttributeType, DefaultValue, JsonValue } from "#lib/model/types.ts";
import { canonicalText } from "#lib/model/values/canonicalText.ts";
import { canonicalUuid } from "#lib/model/values/canonicalUuid.ts";
import type { CatalogColumn } from "../catalog/Catalog.ts";
import type { Carriage } from "./columnType.ts";
import { parseExpression } from "./parseExpression.ts";

const nowCalls = new Set([
  "now",
  "current_timestamp",
  "localtimestamp",
  "transaction_timestamp",
  "statement_timestamp",
  "clock_timestamp",
]);
const uuidCalls = new Set([
  "gen_random_uuid",
  "uuid_generate_v1",
  "uuid_generate_v1mc",
  "uuid_generate_v4",
  "uuidv4",
  "uuidv7",
]);

/** A column's default in the language; null where there is none, undefined where it cannot be said. */
export function defaultOf(column: CatalogColumn, { type, keepsText }: Carriage): DefaultValue | null | undefined {
  if (column.default === null) return null;
  const expression = parseExpression(column.default);
  if (!expression) return undefined;
  if (expression.kind === "literal") {
    if (expression.text === null) return null;
    if (expression.text === "now" && type.kind === "date") return { kind: "today" };
    if (expression.text === "now" && type.kind === "timestamp") return { kind: "now" };
    const value = literalOf(expression.text, type, keepsText);
    return value === undefined ? undefined : { kind: "literal", value };
  }
  if (expression.kind === "list") {
    const isList = type.kind === "json" || type.kind === "list";
    return expression.items.length === 0 && isList ? emptyList : undefined;
  }
  if (expression.kind !== "call") return undefined;
  if (nowCalls.has(expression.name) && type.kind === "timestamp") return { kind: "now" };
  if (uuidCalls.has(expression.name) && type.kind === "uuid") return { kind: "uuid" };
  const isToday = expression.name === "current_date" || nowCalls.has(expression.name);
  return isToday && type.kind === "date" ? { kind: "today" } : undefined;
}

const emptyList: DefaultValue = { kind: "literal", value: [] };

function literalOf(text: string, type: AttributeType, keepsText: boolean): JsonValue | undefined {
  switch (type.kind) {
    case "text":
      return keepsText && !text.includes("\0") ? text : undefined;
    case "integer": {
      const canonical = canonicalText(text, "integer");
      return canonical === null ? undefined : Number(canonical);
    }
    case "list":
      return text === "{}" ? [] : undefined;
    case "bigint":
    case "decimal":
    case "date":
    case "time":
      return canonicalText(text, type.kind) ?? undefined;
    case "timestamp":
      return timestamp(text, keepsText);
    case "boolean":
      return /^(?:t|true)$/.test(text) ? true : /^(?:f|false)$/.test(text) ? false : undefined;
    case "uuid":
      return canonicalUuid(text) ?? undefined;
    case "choice":
      return type.options.find(({ stored }) => stored === text)?.name;
    case "json":
      return keepsText ? json(text) : text === "{}" ? [] : undefined;
    default:
      return undefined;
  }
}

/** PostgreSQL prints `2026-01-01 00:00:00+00` in a session in UTC, and without the zone for the type without one. */
function timestamp(text: string, hasZone: boolean): string | undefined {
  const zoned = hasZone ? text.replace(/([+-]\d\d)$/, "$1:00") : `${text}Z`;
  return canonicalText(zoned.replace(" ", "T"), "timestamp") ?? undefined;
}

function json(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value === null ? undefined : value;
  } catch {
    return undefined;
  }
}
