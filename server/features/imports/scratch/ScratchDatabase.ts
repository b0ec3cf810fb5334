import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { quoteLiteral } from "#lib/sql/ddl/quoteLiteral.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import { env } from "../../../env.ts";
import type { SessionAddress } from "../source/openSession.ts";

// A dump is a program of somebody else. It runs as a role that may connect to one database, made for it and dropped
// after it, and may do nothing beyond: no files, no programs, no other databases, no other roles.

const prefix = "import_";

/** Database and role have this one name: the random end of the import's id. */
export function scratchName(importId: string): string {
  return prefix + importId.replaceAll("-", "").slice(-12);
}

export interface ScratchLimits {
  readonly statementSeconds: number;
  readonly maxDatabaseBytes: number;
}

/** Makes the scratch database of an import empty and new, and answers how its own role reaches it. */
export async function createScratch(importId: string, limits: ScratchLimits): Promise<SessionAddress> {
  const name = scratchName(importId);
  const password = randomBytes(24).toString("base64url");
  await dropScratch(name);
  await asOwner(undefined, async (sql) => {
    await closeControlPlane(sql);
    const role = quoteIdentifier(name);
    await sql.unsafe(
      `CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT CONNECTION LIMIT 4 PASSWORD ${quoteLiteral(password)}`,
    );
    await sql.unsafe(`ALTER ROLE ${role} SET statement_timeout = ${quoteLiteral(`${limits.statementSeconds}s`)}`);
    await sql.unsafe(`ALTER ROLE ${role} SET lock_timeout = '10s'`);
    // What is lost in a crash is loaded again.
    await sql.unsafe(`ALTER ROLE ${role} SET synchronous_commit = off`);
    await limitTemporaryFiles(sql, role, limits);
    // Its sessions can then be ended by the control plane's role, which cannot become it.
    await sql.unsafe(`GRANT ${role} TO CURRENT_USER WITH INHERIT TRUE, SET FALSE`);
    await sql.unsafe(
      `CREATE DATABASE ${role} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'`,
    );
    await sql.unsafe(`REVOKE ALL ON DATABASE ${role} FROM PUBLIC`);
    await sql.unsafe(`GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${role} TO ${role}`);
  });
  await asOwner(name, (sql) => sql.unsafe(`GRANT ALL ON SCHEMA public TO ${quoteIdentifier(name)}`));
  const { hostname, port } = new URL(env().DATABASE_URL);
  const ssl = new URL(env().DATABASE_URL).searchParams.has("sslmode") ? "prefer" : false;
  return { host: decodeHost(hostname), port: Number(port || 5432), user: name, password, database: name, ssl };
}

/** They are no part of the database's size. Who may not set the limit relies on the server's own (docs/operations). */
async function limitTemporaryFiles(
  sql: postgres.Sql,
  role: string,
  { maxDatabaseBytes }: ScratchLimits,
): Promise<void> {
  const [row] = await sql<{ may: boolean }[]>`select has_parameter_privilege('temp_file_limit', 'SET') as may`;
  if (row?.may) await sql.unsafe(`ALTER ROLE ${role} SET temp_file_limit = ${Math.floor(maxDatabaseBytes / 1024)}`);
}

/** By default every role of a server may connect to every database. */
async function closeControlPlane(sql: postgres.Sql): Promise<void> {
  const [own] = await sql<{ name: string }[]>`select current_database() as name`;
  if (own) await sql.unsafe(`REVOKE ALL ON DATABASE ${quoteIdentifier(own.name)} FROM PUBLIC`);
}

/** Ends its sessions and drops it with its role; what is not there is dropped already. */
export async function dropScratch(name: string): Promise<void> {
  if (!name.startsWith(prefix)) throw new Error(`${name} is no scratch database.`);
  await asOwner(undefined, async (sql) => {
    await sql.unsafe(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`);
    await sql.unsafe(`DROP ROLE IF EXISTS ${quoteIdentifier(name)}`);
  });
}

/** Names of the scratch databases and roles that this control plane made and that are still there. */
export async function listScratch(): Promise<readonly string[]> {
  const pattern = `^${prefix}[0-9a-f]{12}$`;
  return asOwner(undefined, async (sql) => {
    const rows = await sql<{ name: string }[]>`
      select datname as name from pg_database join pg_roles on pg_roles.oid = datdba
      where datname ~ ${pattern} and rolname = current_user
      union
      select made.rolname from pg_auth_members
      join pg_roles made on made.oid = roleid join pg_roles maker on maker.oid = member
      where made.rolname ~ ${pattern} and maker.rolname = current_user`;
    return rows.map(({ name }) => name);
  });
}

/** A connection as the control plane's role, to its own database unless another is named. */
export function ownerConnection(database?: string): postgres.Sql {
  const url = new URL(env().DATABASE_URL);
  if (database !== undefined) url.pathname = `/${encodeURIComponent(database)}`;
  return postgres(url.href, { max: 1, onnotice: () => {}, connection: { application_name: "gantry import" } });
}

async function asOwner<Result>(
  database: string | undefined,
  work: (sql: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const sql = ownerConnection(database);
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

function decodeHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}
