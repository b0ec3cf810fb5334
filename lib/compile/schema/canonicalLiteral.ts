import type { JsonValue } from "../../model/types.ts";
import { canonicalDecimal } from "../../model/values/canonicalDecimal.ts";
import { canonicalInteger } from "../../model/values/canonicalInteger.ts";
import { canonicalTimestamp } from "../../model/values/canonicalTimestamp.ts";
import { canonicalUuid } from "../../model/values/canonicalUuid.ts";
import { arrayElements, arrayLiteral } from "../../plan/values/arrayLiteral.ts";
import type { ColumnType } from "../../sql/ddl/Schema.ts";
import { canonicalJson } from "../canonicalJson.ts";

/**
 * One spelling for each value of a default, so that a model's literal and what PostgreSQL prints of it compare as text.
 * A text that is no value of the type comes back as it is.
 */
export function canonicalLiteral(text: string, type: ColumnType): string {
  switch (type.kind) {
    case "integer":
    case "bigint":
      return canonicalInteger(text, type.kind) ?? text;
    case "numeric":
      return canonicalDecimal(text) ?? text;
    case "uuid":
      return canonicalUuid(text) ?? text;
    case "timestamptz":
      // PostgreSQL leaves the minutes of the offset out where there are none.
      return canonicalTimestamp(text.replace(/[+-]\d\d$/, "$&:00")) ?? text;
    case "array": {
      const elements = arrayElements(text);
      return elements ? arrayLiteral(elements.map((element) => canonicalLiteral(element, type.of))) : text;
    }
    case "jsonb":
      return canonicalText(text);
    default:
      return text;
  }
}

function canonicalText(text: string): string {
  try {
    return canonicalJson(JSON.parse(text) as JsonValue);
  } catch {
    return text;
  }
}
