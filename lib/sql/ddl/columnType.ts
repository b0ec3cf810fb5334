import type { ColumnType } from "./Schema.ts";

/** The type's name as PostgreSQL itself prints it. */
export function printColumnType(type: ColumnType): string {
  switch (type.kind) {
    case "numeric":
      return type.limits ? `numeric(${type.limits.precision},${type.limits.scale})` : "numeric";
    case "timestamptz":
      return "timestamp with time zone";
    case "time":
      return "time without time zone";
    case "array":
      return `${printColumnType(type.of)}[]`;
    case "other":
      return type.sql;
    default:
      return type.kind;
  }
}

export function sameColumnType(one: ColumnType, other: ColumnType): boolean {
  return one.kind === other.kind && printColumnType(one) === printColumnType(other);
}
