import type { AttributeType } from "../../model/types.ts";
import { canonicalDate } from "../../model/values/canonicalDate.ts";
import { canonicalDecimal } from "../../model/values/canonicalDecimal.ts";
import { canonicalInteger } from "../../model/values/canonicalInteger.ts";
import { canonicalTimestamp } from "../../model/values/canonicalTimestamp.ts";
import { canonicalUuid } from "../../model/values/canonicalUuid.ts";

/**
 * The stored text of a value from its canonical or near-canonical text; null when it is no value of the type.
 * Choices are taken as stored here. Integers may be wider than their column: to be compared with, not to be stored.
 */
export function canonicalValue(type: AttributeType, text: string): string | null {
  switch (type.kind) {
    case "text":
    case "choice":
    case "email":
    case "url":
    case "phone":
    case "sequence":
    case "encrypted":
      return isStorable(text) ? text : null;
    case "integer":
    case "bigint":
      return canonicalInteger(text, "bigint");
    case "decimal":
      return canonicalDecimal(text);
    case "boolean":
      return text === "true" || text === "false" ? text : null;
    case "date":
      return canonicalDate(text);
    case "timestamp":
      return canonicalTimestamp(text);
    case "uuid":
      return canonicalUuid(text);
    case "time":
    case "duration":
    case "json":
    case "money":
    case "list":
    case "embed":
    case "file":
    case "vector":
      return null;
  }
}

/** PostgreSQL keeps every text but those with a NUL; half a surrogate pair is no text at all. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}
