import { readFile } from "node:fs/promises";
import postgres from "postgres";
import { testDatabase } from "#tests/support/postgres.ts";
import type { Catalog } from "../catalog/Catalog.ts";
import { readCatalog } from "../catalog/readCatalog.ts";

export interface SourceDatabase extends AsyncDisposable {
  readonly url: string;
  /** As the superuser. */
  readonly adminUrl: string;
  readonly sql: postgres.Sql;
  catalog(): Promise<Catalog>;
}

/** A database that is to be imported, made by plain SQL. */
export async function sourceDatabase(script: string): Promise<SourceDatabase> {
  const database = await testDatabase();
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  await sql.unsafe(script).simple();
  return {
    ...database,
    sql,
    catalog: () =>
      sql.begin("isolation level repeatable read read only", async (tx) => {
        await tx`select set_config('search_path', '', true), set_config('TimeZone', 'UTC', true)`;
        return readCatalog(tx);
      }),
    async [Symbol.asyncDispose]() {
      await sql.end();
      await database[Symbol.asyncDispose]();
    },
  };
}

export function northwind(): Promise<string> {
  return readFile("tests/fixtures/northwind.sql", "utf8");
}
