import type { AttributeType } from "../../model/types.ts";
import { canonicalDate } from "../../model/values/canonicalDate.ts";
import { canonicalDecimal } from "../../model/values/canonicalDecimal.ts";
import { canonicalEmail } from "../../model/values/canonicalEmail.ts";
import { canonicalInteger } from "../../model/values/canonicalInteger.ts";
import { canonicalPhone } from "../../model/values/canonicalPhone.ts";
import { canonicalTime } from "../../model/values/canonicalTime.ts";
import { canonicalTimestamp } from "../../model/values/canonicalTimestamp.ts";
import { canonicalUrl } from "../../model/values/canonicalUrl.ts";
import { canonicalUuid } from "../../model/values/canonicalUuid.ts";
import { storedDuration, storedMoneyOf } from "./storedValue.ts";

/**
 * The stored text of a value from its canonical or near-canonical text; null when it is no value of the type.
 * Choices are taken as stored here. Integers may be wider than their column: to be compared with, not to be stored.
 */
export function canonicalValue(type: AttributeType, text: string): string | null {
  switch (type.kind) {
    case "text":
    case "choice":
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
    case "email":
      return canonicalEmail(text);
    case "url":
      return canonicalUrl(text);
    case "phone":
      return canonicalPhone(text);
    case "time":
      return canonicalTime(text);
    case "duration":
      return storedDuration(text);
    case "money":
      return storedMoneyOf(text, type.currency);
    case "json":
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
