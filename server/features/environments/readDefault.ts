import { canonicalLiteral } from "#lib/compile/schema/canonicalLiteral.ts";
import type { ColumnDefault, ColumnType } from "#lib/sql/ddl/Schema.ts";

const number = /^\d+(?:\.\d+)?$/;
const constant = /^'((?:[^']|'')*)'::[a-z0-9 (),[\]]+$/s;

/** Reads what pg_get_expr prints of a default; what no model asks for is kept as an expression. */
export function readDefault(expression: string, type: ColumnType): ColumnDefault {
  if (expression === "now()") return { kind: "now" };
  if (expression === "uuidv7()") return { kind: "uuid" };
  if (expression === "((now() AT TIME ZONE 'UTC'::text))::date") return { kind: "today" };
  if (number.test(expression) || expression === "true" || expression === "false") {
    return { kind: "literal", text: canonicalLiteral(expression, type) };
  }
  const quoted = constant.exec(expression)?.[1];
  if (quoted === undefined) return { kind: "other", sql: expression };
  return { kind: "literal", text: canonicalLiteral(quoted.replaceAll("''", "'"), type) };
}
