import { sameJson } from "#lib/model/merge/sameJson.ts";
import type { AttributeType, JsonValue } from "#lib/model/types.ts";

/** Whether two values of a type are the same: of decimals `19` is `19.00`. */
export function sameValue(type: AttributeType, one: JsonValue, other: JsonValue): boolean {
  return type.kind === "decimal" ? sameJson(plain(one), plain(other)) : sameJson(one, other);
}

function plain(value: JsonValue): JsonValue {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return text;
  const [whole = "", fraction = ""] = text.split(".");
  const rest = fraction.replace(/0+$/, "");
  return rest === "" ? whole : `${whole}.${rest}`;
}
