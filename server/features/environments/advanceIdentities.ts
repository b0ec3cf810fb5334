import { tableName, tenantSchema } from "#lib/sql/ddl/statements.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import type { OwnerSession, OwnerTransaction } from "./EnvironmentDatabase.ts";

/** Lets the database number on above the largest number, after rows came in with their own. */
export async function advanceIdentities(sql: OwnerSession | OwnerTransaction): Promise<void> {
  const columns = await sql<{ table: string; column: string }[]>`
    select relname as table, attname as column from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = ${tenantSchema}::regnamespace and relkind = 'r' and attidentity <> '' and not attisdropped`;
  for (const { table, column } of columns) {
    const name = tableName(table);
    const sequence = `pg_get_serial_sequence($1, $2)::regclass`;
    // Never back: numbers that were given out stay used, even where their rows are gone.
    await sql.unsafe(
      `SELECT setval(${sequence}, greatest(max(${quoteIdentifier(column)}), coalesce(pg_sequence_last_value(${sequence}), 1)))
       FROM ${name} HAVING max(${quoteIdentifier(column)}) >= 1`,
      [name, column],
    );
  }
}
