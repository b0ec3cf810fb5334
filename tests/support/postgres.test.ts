import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { testDatabase } from "./postgres.ts";

describe("the database that a test gets", () => {
  test("is a PostgreSQL 18 in UTF-8 whose owner is no superuser but may make databases and roles", async () => {
    await using database = await testDatabase();
    const sql = postgres(database.url, { max: 1 });
    const [row] = await sql`
      select current_setting('server_version_num')::int / 10000 as major, rolsuper, rolcreatedb, rolcreaterole,
        pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale
      from pg_roles, pg_database where rolname = current_user and datname = current_database()`;
    await sql.end();
    expect(row).toEqual({
      major: 18,
      rolsuper: false,
      rolcreatedb: true,
      rolcreaterole: true,
      encoding: "UTF8",
      provider: "b",
      locale: "C.UTF-8",
    });
  });

  test("is empty and its own", async () => {
    await using one = await testDatabase();
    await using other = await testDatabase();
    expect(one.url).not.toBe(other.url);
    const sql = postgres(one.url, { max: 1 });
    await sql`create table here (id int)`;
    await sql.end();
    const elsewhere = postgres(other.url, { max: 1 });
    expect(await elsewhere`select tablename from pg_tables where schemaname = 'public'`).toHaveLength(0);
    await elsewhere.end();
  });

  test("takes the databases and roles that its owner made with it, and ends their connections", async () => {
    const database = await testDatabase();
    const owner = new URL(database.url).username;
    const sql = postgres(database.url, { max: 1, onclose: () => {} });
    await sql.unsafe(`create role ${owner}_app`);
    await sql.unsafe(`create database ${owner}_tenant`);
    await using other = await testDatabase();
    await database[Symbol.asyncDispose]();
    await expect(sql`select 1`.execute()).rejects.toThrow();
    await sql.end();
    const admin = postgres(other.adminUrl, { max: 1 });
    expect(await admin`select 1 from pg_roles where rolname like ${`${owner}%`}`).toHaveLength(0);
    expect(await admin`select 1 from pg_database where datname like ${`${owner}%`}`).toHaveLength(0);
    await admin.end();
  });
});
