import type { ValueType } from "../../expression/ValueType.ts";
import type { JsonValue } from "../types.ts";

/** A value that a type may have, as the APIs show it. */
export function sampleOfType(type: ValueType): JsonValue {
  switch (type.kind) {
    case "null":
    case "json":
    case "record":
    case "records":
      return null;
    case "boolean":
      return true;
    case "integer":
      return 1;
    case "decimal":
      return "12.50";
    case "text":
      return "Text";
    case "uuid":
      return "0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e";
    case "date":
      return "2026-01-31";
    case "time":
      return "09:30:00";
    case "timestamp":
      return "2026-01-31T09:30:00Z";
    case "duration":
      return "PT1H";
    case "choice":
      return type.options[0] ?? null;
    case "money":
      return { amount: "12.50", currency: "EUR" };
    case "list":
      return [sampleOfType(type.of)];
    case "object":
      return Object.fromEntries(type.members.map((member) => [member.name, sampleOfType(member.type)]));
  }
}
