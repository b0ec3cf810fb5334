import { printColumnType } from "./columnType.ts";
import { quoteLiteral } from "./quoteLiteral.ts";
import type { ColumnDefault, ColumnType } from "./Schema.ts";

/** The expression after DEFAULT. An identity is no expression and has its own clause. */
export function printDefault(value: Exclude<ColumnDefault, { kind: "identity" }>, type: ColumnType): string {
  switch (value.kind) {
    case "literal":
      // Without precision and scale: the column rounds by itself, and PostgreSQL prints the plain number back.
      return `${quoteLiteral(value.text)}::${type.kind === "numeric" ? "numeric" : printColumnType(type)}`;
    case "now":
      return "now()";
    case "today":
      return "(now() AT TIME ZONE 'UTC')::date";
    case "uuid":
      return "uuidv7()";
    case "other":
      return value.sql;
  }
}

export function sameDefault(one: ColumnDefault | null, other: ColumnDefault | null): boolean {
  if (one === null || other === null) return one === other;
  if (one.kind === "literal" && other.kind === "literal") return one.text === other.text;
  if (one.kind === "other" && other.kind === "other") return one.sql === other.sql;
  return one.kind === other.kind;
}
