import type { AttributeType, JsonValue } from "../types.ts";
import { canonicalEmail } from "./canonicalEmail.ts";
import { canonicalMoney } from "./canonicalMoney.ts";
import { canonicalPhone } from "./canonicalPhone.ts";
import { canonicalText, isBoundedKind } from "./canonicalText.ts";
import { canonicalUrl } from "./canonicalUrl.ts";
import { canonicalUuid } from "./canonicalUuid.ts";

/** Whether a value of the model is one of the type, in the form in which the model holds it. Parts are not looked into. */
export function isCanonical(type: AttributeType, value: JsonValue): boolean {
  switch (type.kind) {
    case "json":
      return true;
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return typeof value === "number" && canonicalText(String(value), "integer") === String(value);
    case "choice":
      return type.options.some(({ name }) => name === value);
    case "list":
      return Array.isArray(value) && value.every((item) => isCanonical(type.of, item));
    case "embed":
      return typeof value === "object" && value !== null && Array.isArray(value) === (type.many === true);
    case "vector":
      return Array.isArray(value) && value.every((item) => typeof item === "number");
    case "file":
      return false;
    default:
      return typeof value === "string" && value.isWellFormed() && canonicalOf(type, value) === value;
  }
}

function canonicalOf(type: AttributeType, text: string): string | null {
  if (isBoundedKind(type.kind)) return canonicalText(text, type.kind);
  switch (type.kind) {
    case "uuid":
      return canonicalUuid(text);
    case "email":
      return canonicalEmail(text);
    case "url":
      return canonicalUrl(text);
    case "phone":
      return canonicalPhone(text);
    case "money":
      return canonicalMoney(text, type.currency);
    default:
      return text.includes("\u0000") ? null : text;
  }
}
