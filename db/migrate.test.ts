import postgres from "postgres";
import { expect, test } from "vitest";
import { testDatabase } from "#tests/support/postgres.ts";
import { tenantRole } from "./grantTenancy.ts";
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

test("the role that requests take on may do nothing else, and one of that name that may is not taken", async () => {
  await using database = await testDatabase();
  const admin = postgres(database.adminUrl, { max: 1 });
  const role = admin(tenantRole(new URL(database.url).pathname.slice(1)));
  await admin`create role ${role} login`;
  await expect(migrateDatabase(database.url)).rejects.toThrow(/is taken by something else/);
  await admin`drop role ${role}`;
  await migrateDatabase(database.url);
  // As after a restore on another server: made and granted anew by the next start.
  await admin`drop owned by ${role}`;
  await admin`drop role ${role}`;
  await migrateDatabase(database.url);
  await admin`set role ${role}`;
  expect(await admin`select * from projects`).toHaveLength(0);
  await expect(admin`select * from job_runs`).rejects.toMatchObject({ code: "42501" });
  await expect(admin`create table here (id int)`).rejects.toMatchObject({ code: "42501" });
  await admin.end();
});
