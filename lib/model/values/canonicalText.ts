import type { AttributeKind, AttributeType } from "../types.ts";
import { canonicalDate } from "./canonicalDate.ts";
import { canonicalDecimal } from "./canonicalDecimal.ts";
import { canonicalDuration } from "./canonicalDuration.ts";
import { canonicalInteger } from "./canonicalInteger.ts";
import { canonicalTime } from "./canonicalTime.ts";
import { canonicalTimestamp } from "./canonicalTimestamp.ts";

/** Kinds whose values have an order, and so may have bounds. */
export type BoundedKind = Extract<
  AttributeKind,
  "integer" | "bigint" | "decimal" | "date" | "timestamp" | "time" | "duration"
>;

export function isBoundedKind(kind: AttributeKind): kind is BoundedKind {
  switch (kind) {
    case "integer":
    case "bigint":
    case "decimal":
    case "date":
    case "timestamp":
    case "time":
    case "duration":
      return true;
    default:
      return false;
  }
}

/** What the bounds of a type are texts of: those of a list are of its items, those of money amounts; null for none. */
export function boundsKind(type: AttributeType): BoundedKind | null {
  if (type.kind === "money") return "decimal";
  const { kind } = type.kind === "list" ? type.of : type;
  return isBoundedKind(kind) ? kind : null;
}

/** The canonical text of a value of the kind; null when the text denotes none. */
export function canonicalText(text: string, kind: BoundedKind): string | null {
  switch (kind) {
    case "integer":
    case "bigint":
      return canonicalInteger(text, kind);
    case "decimal":
      return canonicalDecimal(text);
    case "date":
      return canonicalDate(text);
    case "timestamp":
      return canonicalTimestamp(text);
    case "time":
      return canonicalTime(text);
    case "duration":
      return canonicalDuration(text);
  }
}
