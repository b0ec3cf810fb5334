import type { AttributeType } from "../../model/types.ts";
import type { ColumnType } from "../../sql/ddl/Schema.ts";

/** The PostgreSQL type that holds an attribute. */
export function storageType(type: AttributeType): ColumnType {
  switch (type.kind) {
    case "text":
    case "choice":
    case "email":
    case "url":
    case "phone":
    case "sequence":
    case "encrypted":
      return { kind: "text" };
    case "decimal":
      // With only one of the two PostgreSQL would round what does not fit; the runtime refuses it instead.
      return type.precision !== undefined && type.scale !== undefined
        ? { kind: "numeric", limits: { precision: type.precision, scale: type.scale } }
        : { kind: "numeric", limits: null };
    case "timestamp":
      return { kind: "timestamptz" };
    case "duration":
      return { kind: "interval" };
    case "money":
      // Of two parts where every record has its own currency; docs/decisions/0010.
      return type.currency === undefined ? { kind: "jsonb" } : { kind: "numeric", limits: null };
    case "list":
      return { kind: "array", of: storageType(type.of) };
    case "vector":
      return { kind: "array", of: { kind: "real" } };
    case "json":
    case "embed":
    case "file":
      return { kind: "jsonb" };
    case "integer":
    case "bigint":
    case "boolean":
    case "date":
    case "uuid":
    case "time":
      return { kind: type.kind };
  }
}
