import { printDecimal } from "../../expression/decimal/printDecimal.ts";
import { parseMoney } from "../../expression/money/moneyText.ts";
import { toCanonical } from "../../expression/toCanonical.ts";
import type { Value } from "../../expression/Value.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import type { AttributeType, JsonValue } from "../types.ts";

/** A value of an expression as the APIs show it: decimals as texts, money as an object, integers as numbers where those hold them. */
export function jsonOfValue(type: ValueType, value: Value): JsonValue {
  if (value === null || typeof value === "boolean") return value;
  if (isList(value)) {
    const of: ValueType = type.kind === "list" ? type.of : { kind: "null" };
    return value.map((item) => jsonOfValue(of, item));
  }
  if (typeof value === "object" && "json" in value) return value.json as JsonValue;
  if (type.kind === "money") {
    const money = parseMoney(toCanonical(type, value) ?? "");
    return money && { amount: printDecimal(money.amount), currency: money.currency };
  }
  if (type.kind === "integer" && typeof value === "bigint") return numberOf(value);
  return toCanonical(type, value);
}

/** The same where it is declared to be of a type of attributes. */
export function jsonOfTyped(declared: AttributeType, type: ValueType, value: Value): JsonValue {
  const json = jsonOfValue(type, value);
  const isWide = declared.kind === "bigint" || (declared.kind === "list" && declared.of.kind === "bigint");
  return isWide ? asTexts(json) : json;
}

function asTexts(json: JsonValue): JsonValue {
  if (typeof json === "number") return String(json);
  return Array.isArray(json) ? json.map((item: JsonValue) => asTexts(item)) : json;
}

function numberOf(value: bigint): JsonValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
