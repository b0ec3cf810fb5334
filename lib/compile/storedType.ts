import type { AttributeType, ScalarType } from "../model/types.ts";

/** The type that a value is compared and stored as. Integers are compared wide, so that no number is out of range. */
export function storedType(type: AttributeType) {
  switch (type.kind) {
    case "money":
      return type.currency === undefined ? "jsonb" : "numeric";
    case "list":
      return `${elementType(type.of)}[]` as const;
    case "vector":
      return "real[]";
    case "sequence":
    case "encrypted":
      return "text";
    case "json":
    case "embed":
    case "file":
      return "jsonb";
    case "integer":
      return "bigint";
    default:
      return elementType(type);
  }
}

/** The type of one value of a list. Arrays compare with arrays of the same type only, so integers are as they are stored. */
export function elementType({ kind }: ScalarType) {
  switch (kind) {
    case "text":
    case "choice":
    case "email":
    case "url":
    case "phone":
      return "text";
    case "decimal":
      return "numeric";
    case "timestamp":
      return "timestamptz";
    case "duration":
      return "interval";
    case "integer":
    case "bigint":
    case "boolean":
    case "date":
    case "uuid":
    case "time":
      return kind;
  }
}
