import postgres from "postgres";
import { expect, test } from "vitest";
import { testDatabase } from "#tests/support/postgres.ts";
import { migrateDatabase } from "./migrate.ts";

test("two programs that migrate one new database at the same time both succeed, and so does a later one", async () => {
  await using database = await testDatabase();
  await Promise.all([migrateDatabase(database.url), migrateDatabase(database.url)]);
  await migrateDatabase(database.url);
  const sql = postgres(database.url, { max: 1 });
  const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`;
  const applied = await sql`select hash from drizzle.__drizzle_migrations`;
  await sql.end();
  expect(tables.map((table) => table.name)).toContain("projects");
  expect(new Set(applied.map((row) => row.hash)).size).toBe(applied.length);
});
