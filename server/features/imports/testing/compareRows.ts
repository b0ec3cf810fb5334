import type postgres from "postgres";
import { tableName } from "#lib/sql/ddl/statements.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import type { TableCopy } from "../infer/ImportPlan.ts";

export interface ComparedTable {
  readonly table: string;
  readonly source: readonly string[];
  readonly target: readonly string[];
}

/** The rows of a table in the source and in the new database, as text of the new columns' types, in one order. */
export async function compareRows(source: postgres.Sql, target: postgres.Sql, copy: TableCopy): Promise<ComparedTable> {
  const types = await target<{ name: string; type: string }[]>`
    select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = ${tableName(copy.target)}::regclass and attnum > 0`;
  const typeOf = new Map(types.map(({ name, type }) => [name, type]));
  const reads = copy.columns.map((column) => `(${column.read})::text::${typeOf.get(column.target)}::text`);
  const stored = copy.columns.map((column) => `${quoteIdentifier(column.target)}::text`);
  const from = `${copy.only ? "ONLY " : ""}${quoteIdentifier(copy.source.schema)}.${quoteIdentifier(copy.source.name)}`;
  return {
    table: copy.target,
    source: await rows(source, `SELECT jsonb_build_array(${reads.join(", ")})::text AS row FROM ${from}`),
    target: await rows(
      target,
      `SELECT jsonb_build_array(${stored.join(", ")})::text AS row FROM ${tableName(copy.target)}`,
    ),
  };
}

async function rows(sql: postgres.Sql, query: string): Promise<readonly string[]> {
  const found = await sql.unsafe<{ row: string }[]>(query);
  return found.map(({ row }) => row).toSorted();
}
