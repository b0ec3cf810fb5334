import { literal } from "../build.ts";
import type { Literal, LiteralValue } from "../Expression.ts";
import { toCanonical } from "../toCanonical.ts";
import type { Value } from "../Value.ts";
import type { ValueType } from "../ValueType.ts";

/** A value as a literal; null for objects and json, which no literal says. */
export function toLiteral(type: ValueType, value: Value): Literal | null {
  if (value === null || typeof value === "boolean") return literal(type, value);
  if (type.kind !== "list") {
    const isSaid = type.kind !== "json" && type.kind !== "object";
    return isSaid ? literal(type, toCanonical(type, value)) : null;
  }
  if (!Array.isArray(value) || type.of.kind === "json" || type.of.kind === "object") return null;
  const items = (value as readonly Value[]).map((item): LiteralValue => toLiteral(type.of, item)?.value ?? null);
  return literal(type, items);
}
