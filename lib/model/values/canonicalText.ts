import type { AttributeKind } from "../types.ts";
import { canonicalDate } from "./canonicalDate.ts";
import { canonicalDecimal } from "./canonicalDecimal.ts";
import { canonicalInteger } from "./canonicalInteger.ts";
import { canonicalTimestamp } from "./canonicalTimestamp.ts";

/** Kinds whose values have an order, and so may have bounds. */
export type BoundedKind = Extract<AttributeKind, "integer" | "bigint" | "decimal" | "date" | "timestamp">;

export function isBoundedKind(kind: AttributeKind): kind is BoundedKind {
  return kind === "integer" || kind === "bigint" || kind === "decimal" || kind === "date" || kind === "timestamp";
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
  }
}
