import { printDecimal } from "./decimal/printDecimal.ts";
import { printDate } from "./time/dateText.ts";
import { printDuration } from "./time/durationText.ts";
import { printTimestamp } from "./time/timestampText.ts";
import { printTime } from "./time/timeText.ts";
import type { Value } from "./Value.ts";
import type { ValueType } from "./ValueType.ts";

/** The canonical text of a value of the type; of lists, objects and json their JSON. The other way: `fromCanonical`. */
export function toCanonical(type: ValueType, value: Value): string | null {
  if (value === null) return null;
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "bigint") return printInteger(type, value);
  if (isList(value)) return JSON.stringify(toJson(type, value));
  return "json" in value ? JSON.stringify(value.json) : printDecimal(value);
}

/** A value as canonical JSON: booleans as they are, numbers and the rest as texts, lists as lists. */
export function toJson(type: ValueType, value: Value): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (isList(value)) return value.map((item) => toJson(type.kind === "list" ? type.of : { kind: "null" }, item));
  if (typeof value === "object" && "json" in value) return value.json;
  return toCanonical(type, value);
}

function printInteger(type: ValueType, value: bigint): string {
  switch (type.kind) {
    case "date":
      return printDate(value);
    case "time":
      return printTime(value);
    case "timestamp":
      return printTimestamp(value);
    case "duration":
      return printDuration(value);
    default:
      return value.toString();
  }
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
