import { randomBytes } from "node:crypto";
import postgres from "postgres";

/** Holds the superuser's address of the server of this run; set by globalSetup.ts. */
export const testServerVariable = "GANTRY_TEST_POSTGRES_URL";

export interface TestDatabase extends AsyncDisposable {
  /** The database as its owner: no superuser, but may create databases and roles, as the control plane's role may. */
  readonly url: string;
  /** The same database as the server's superuser. */
  readonly adminUrl: string;
}

/**
 * An empty database of its own on the run's PostgreSQL 18, UTF-8 with the builtin C.UTF-8 locale.
 * Disposing of it drops it, ends its connections, and drops the databases and roles that its owner made.
 * Roles belong to the whole server: tests that make some give them random names.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  const password = randomBytes(8).toString("hex");
  await asSuperuser(async (sql) => {
    await sql.unsafe(`create role ${name} login createdb createrole password '${password}'`);
    await sql.unsafe(
      `create database ${name} owner ${name} template template0 encoding utf8 locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'`,
    );
  });
  return {
    url: address({ database: name, user: name, password }),
    adminUrl: address({ database: name }),
    [Symbol.asyncDispose]: () => asSuperuser((sql) => drop(sql, name)),
  };
}

async function drop(sql: postgres.Sql, owner: string): Promise<void> {
  // Whoever makes a role becomes its administrator, which tells whose it is.
  const roles = await sql<{ name: string }[]>`
    select ${owner} as name union
    select made.rolname from pg_auth_members
    join pg_roles made on made.oid = roleid join pg_roles maker on maker.oid = member
    where maker.rolname = ${owner} and admin_option`;
  const names = roles.map((role) => role.name);
  const databases = await sql<{ name: string }[]>`
    select datname as name from pg_database join pg_roles on pg_roles.oid = datdba where rolname in ${sql(names)}`;
  for (const { name } of databases) await sql`drop database if exists ${sql(name)} with (force)`;
  for (const name of names) await sql`drop role if exists ${sql(name)}`;
}

async function asSuperuser(work: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  const sql = postgres(serverUrl(), { max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

function address(part: { readonly database: string; readonly user?: string; readonly password?: string }): string {
  const url = new URL(serverUrl());
  url.pathname = `/${part.database}`;
  if (part.user) url.username = part.user;
  if (part.password) url.password = part.password;
  return url.href;
}

function serverUrl(): string {
  const url = process.env[testServerVariable];
  if (!url)
    throw new Error(`${testServerVariable} is not set: run the tests by vitest, whose globalSetup starts a server.`);
  return url;
}
