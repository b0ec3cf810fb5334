import type { Decimal } from "../decimal/Decimal.ts";
import type { JsonBox, Value } from "../Value.ts";

/** A value that is there. */
export type Present = Exclude<Value, null>;

/** The checker has seen to the kinds; another one comes from an environment that gives a field the wrong kind of value. */
function wrong(kind: string, value: Value | undefined): TypeError {
  return new TypeError(`Expected ${kind}, got ${Array.isArray(value) ? "list" : typeof value}`);
}

export function integer(value: Value | undefined): bigint {
  if (typeof value === "bigint") return value;
  throw wrong("integer", value);
}

export function decimal(value: Value | undefined): Decimal {
  if (isDecimal(value)) return value;
  throw wrong("decimal", value);
}

export function text(value: Value | undefined): string {
  if (typeof value === "string") return value;
  throw wrong("text", value);
}

export function list(value: Value | undefined): readonly Value[] {
  if (isList(value)) return value;
  throw wrong("list", value);
}

export function isDecimal(value: Value | undefined): value is Decimal {
  return typeof value === "object" && value !== null && "digits" in value;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isJson(value: Value | undefined): value is JsonBox {
  return typeof value === "object" && value !== null && "json" in value;
}
