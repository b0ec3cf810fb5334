import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { expect, test } from "vitest";
import { testDatabase } from "#tests/support/postgres.ts";
import { checkDatabase } from "./checkDatabase.ts";

/** Changes something as the superuser before the address is checked. */
async function prepare(adminUrl: string, statement: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1 });
  await sql.unsafe(statement);
  await sql.end();
}

const refusal = (url: string) =>
  checkDatabase(url).then(
    () => "accepted",
    (error: Error) => error.message,
  );

test.each(["nonsense", "mysql://root@localhost/db", "postgres://me:hunter2@localhost:5432"])(
  "%s is no address of a database",
  async (url) => {
    expect(await refusal(url)).toBe("DATABASE_URL must read postgres://user:password@host:port/database.");
  },
);

test("the owner of a database who may create databases and roles is accepted", async () => {
  await using database = await testDatabase();
  const { host, pathname } = new URL(database.url);
  expect(await checkDatabase(database.url)).toMatch(`${host}${pathname} (18.`);
});

test.each([
  ["nocreatedb", "CREATEDB"],
  ["nocreaterole", "CREATEROLE"],
  ["nocreatedb nocreaterole", "CREATEDB CREATEROLE"],
])("a role with %s is told the statement that helps", async (options, missing) => {
  await using database = await testDatabase();
  const role = new URL(database.url).username;
  await prepare(database.adminUrl, `alter role ${role} ${options}`);
  expect(await refusal(database.url)).toContain(`run: ALTER ROLE "${role}" ${missing};`);
});

test("a role that may not make tables is told the statement that helps", async () => {
  await using database = await testDatabase();
  const { username, pathname } = new URL(database.url);
  await prepare(database.adminUrl, `alter database ${pathname.slice(1)} owner to postgres`);
  expect(await refusal(database.url)).toContain(`run: ALTER DATABASE "${pathname.slice(1)}" OWNER TO "${username}";`);
});

test("a wrong password and a database that is not there are told apart, and no password is shown", async () => {
  await using database = await testDatabase();
  const wrong = new URL(database.url);
  wrong.password = randomBytes(8).toString("hex");
  expect(await refusal(wrong.href)).toMatch(/the server refuses this user or its password\.$/);
  expect(await refusal(wrong.href)).not.toContain(wrong.password);
  const missing = new URL(database.url);
  missing.pathname = "/nowhere";
  expect(await refusal(missing.href)).toMatch(/the server has no such database; create it first\.$/);
});
