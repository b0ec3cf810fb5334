import type postgres from "postgres";

/** A read-only session of the source whose search path is empty, so that every expression is printed in full. */
export type SourceSession = postgres.Sql | postgres.ReservedSql | postgres.TransactionSql;

/** PostgreSQL's own schemas and those of sessions are nobody's data. */
export function ownSchema(sql: SourceSession) {
  return sql`nspname !~ '^(pg_catalog|information_schema|pg_toast|pg_temp_[0-9]+|pg_toast_temp_[0-9]+)$'`;
}

/** Not made by an extension, which brings it along wherever it is installed. */
export function notOfExtension(sql: SourceSession, catalog: string, alias: string) {
  return sql`not exists (
    select from pg_depend where classid = ${`pg_catalog.${catalog}`}::regclass and objid = ${sql(alias)}.oid and deptype = 'e')`;
}
