import type { ValueKind, ValueType } from "../../expression/ValueType.ts";
import type { AggregateFunction } from "../types.ts";

const summed: readonly ValueKind[] = ["integer", "decimal", "money", "duration"];
const ordered: readonly ValueKind[] = [
  ...summed,
  "text",
  "boolean",
  "date",
  "time",
  "timestamp",
  "uuid",
  "choice",
] as const;

/** The type of an aggregate over a field; null where the function does not fit the field, or there is none. */
export function aggregateType(of: AggregateFunction, field: ValueType | null): ValueType | null {
  switch (of) {
    case "count":
      return { kind: "integer" };
    case "exists":
      return { kind: "boolean" };
    case "sum":
      if (field?.kind === "integer") return { kind: "integer" };
      return field && summed.includes(field.kind) ? field : null;
    case "avg":
      if (field?.kind === "integer") return { kind: "decimal" };
      return field && summed.includes(field.kind) ? field : null;
    case "min":
    case "max":
      return field && ordered.includes(field.kind) ? field : null;
    case "first":
      return field;
    case "list":
      return field && (ordered.includes(field.kind) || field.kind === "json") ? { kind: "list", of: field } : null;
  }
}
