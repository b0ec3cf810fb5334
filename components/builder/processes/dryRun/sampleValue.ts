import type { AttributeType, JsonValue } from "#lib/model/types.ts";
import { plausible } from "../../expression/preview/sampleRows.ts";

/** A made-up value of a type, as the APIs show values; each number gives another. */
export function sampleValue(type: AttributeType, number = 0): JsonValue {
  if (type.kind === "money") return { amount: `${(number + 1) * 10}.50`, currency: type.currency ?? "EUR" };
  if (type.kind === "json") return { example: number + 1 };
  return plausible(type, number);
}
