import type { AttributeType } from "../../model/types.ts";
import type { ParameterValue } from "../types.ts";
import { arrayElements } from "../values/arrayLiteral.ts";
import { amountOfStored, durationOfStored } from "../values/storedValue.ts";

/**
 * The canonical text, as expressions know it, of a value in stored text; of a list a list. Undefined for the types that
 * are only stored and never worked out here.
 */
export function canonicalOf(type: AttributeType, stored: string): ParameterValue | undefined {
  switch (type.kind) {
    case "choice":
      return type.options.find((option) => option.stored === stored)?.name;
    case "duration":
      return durationOfStored(stored);
    case "money": {
      const currency = type.currency ?? /"currency":"([A-Z]{3})"/.exec(stored)?.[1];
      return currency && `${amountOfStored(stored)} ${currency}`;
    }
    case "list": {
      const items = (arrayElements(stored) ?? []).map((item) => canonicalOf(type.of, item));
      return items.every((item) => typeof item === "string") ? items : undefined;
    }
    case "json":
    case "embed":
    case "file":
    case "vector":
    case "encrypted":
      return undefined;
    default:
      return stored;
  }
}
