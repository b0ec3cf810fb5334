import type { Attribute, AttributeType } from "../../model/types.ts";
import { printColumnType } from "../../sql/ddl/columnType.ts";
import type { Column, ColumnType } from "../../sql/ddl/Schema.ts";

type Facts = Pick<Column, "choices" | "form" | "limits" | "sensitive">;

/** What the model alone knows of a column, and no database tells. */
export function columnFacts({ type, ...attribute }: Attribute, stored: ColumnType): Facts {
  const form = formOf(type);
  const limits = limitsOf(attribute, stored);
  return {
    ...(type.kind === "choice" && { choices: type.options.map((option) => option.stored) }),
    ...(form !== null && { form }),
    ...(limits && { limits }),
    ...(attribute.sensitive && { sensitive: true }),
  };
}

/** Null where the column's type tells how its values are formed. */
export function formOf(type: AttributeType): string | null {
  switch (type.kind) {
    case "encrypted":
    case "file":
      return type.kind;
    case "embed":
      return type.many ? `${type.valueObject}[]` : type.valueObject;
    case "money":
      return type.currency === undefined ? "money" : null;
    case "list":
      return formOf(type.of);
    default:
      return null;
  }
}

function limitsOf(attribute: Omit<Attribute, "type">, stored: ColumnType): Column["limits"] | null {
  const { min, max, minLength, maxLength } = attribute;
  if (min === undefined && max === undefined && minLength === undefined && maxLength === undefined) return null;
  if (stored.kind === "array" || stored.kind === "jsonb") return null;
  return {
    type: stored.kind === "numeric" ? "numeric" : printColumnType(stored),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
  };
}
