import type { AttributeType } from "../model/types.ts";

/** The type that a value is compared and stored as. Integers are compared wide, so that no number is out of range. */
export function storedType({ kind }: AttributeType) {
  switch (kind) {
    case "text":
    case "choice":
    case "email":
    case "url":
    case "phone":
    case "sequence":
    case "encrypted":
      return "text";
    case "integer":
    case "bigint":
      return "bigint";
    case "decimal":
      return "numeric";
    case "timestamp":
      return "timestamptz";
    case "duration":
      return "interval";
    case "json":
    case "money":
    case "list":
    case "embed":
    case "file":
    case "vector":
      return "jsonb";
    case "boolean":
    case "date":
    case "uuid":
    case "time":
      return kind;
  }
}
