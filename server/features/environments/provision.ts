import { AppError } from "#lib/errors/AppError.ts";
import { quoteLiteral } from "#lib/sql/ddl/quoteLiteral.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import { env } from "../../env.ts";
import { databaseAddress } from "./databaseAddress.ts";
import { type OwnerSession, withLock, withOwnerSession } from "./EnvironmentDatabase.ts";
import { makeRecords } from "./records.ts";
import { scramVerifier } from "./scramVerifier.ts";

/** Sessions that one environment may have open: two versions of it with a pool each, and some to spare. */
const connectionLimit = 40;

const roleSettings = {
  statement_timeout: "30s",
  lock_timeout: "10s",
  idle_in_transaction_session_timeout: "30s",
  TimeZone: "UTC",
} as const;

export interface Role {
  readonly name: string;
  readonly password: string;
}

/**
 * Makes an environment's role and the database of the same name, or completes what an earlier try left. The database
 * belongs to the control plane's role; the environment's own role reads and writes rows and nothing else. `requireWanted`
 * throws where it is being removed: it is asked while nobody else can make or remove it.
 */
export function provisionDatabase(role: Role, requireWanted: () => Promise<void> = async () => {}): Promise<void> {
  return withLock(env().DATABASE_URL, `environment ${role.name}`, async (sql) => {
    await requireWanted();
    await closeControlPlane(sql);
    await makeRole(sql, role);
    await makeDatabase(sql, role.name);
    await withOwnerSession(databaseAddress(role.name), (owner) => grantRows(owner, role.name));
  });
}

/** Ends all sessions. What is not there is taken as removed. */
export function removeDatabase(name: string): Promise<void> {
  return withLock(env().DATABASE_URL, `environment ${name}`, async (sql) => {
    await sql.unsafe(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`);
    await sql.unsafe(`DROP ROLE IF EXISTS ${quoteIdentifier(name)}`);
  });
}

/** By default every role of a server may connect to every database; the control plane's own is none of theirs. */
async function closeControlPlane(sql: OwnerSession): Promise<void> {
  const isOpen = async () => {
    const [row] = await sql<{ name: string; open: boolean }[]>`
      select current_database() as name, exists (
        select from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
        where datname = current_database() and grantee = 0
      ) as open`;
    return row?.open ? row.name : null;
  };
  const name = await isOpen();
  if (name === null) return;
  await sql.unsafe(`REVOKE ALL ON DATABASE ${quoteIdentifier(name)} FROM PUBLIC`);
  if ((await isOpen()) === null) return;
  throw new AppError(
    "unavailable",
    `Every role may connect to the database "${name}" and it belongs to someone else: its owner has to run REVOKE ALL ON DATABASE "${name}" FROM PUBLIC.`,
  );
}

async function makeRole(sql: OwnerSession, { name, password }: Role): Promise<void> {
  const role = quoteIdentifier(name);
  const found = await sql`select from pg_roles where rolname = ${name}`;
  const may = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT";
  // A superuser is needed even to say that a role is none, once it exists.
  const options = found.length === 0 ? may : "LOGIN NOCREATEDB NOCREATEROLE NOINHERIT";
  await sql.begin(async (transaction) => {
    await transaction.unsafe(
      `${found.length === 0 ? "CREATE" : "ALTER"} ROLE ${role} ${options} CONNECTION LIMIT ${connectionLimit} PASSWORD ${quoteLiteral(scramVerifier(password))}`,
    );
    for (const [setting, value] of Object.entries(roleSettings)) {
      await transaction.unsafe(`ALTER ROLE ${role} SET ${setting} = ${quoteLiteral(value)}`);
    }
    // Ending its sessions, as dropping its database does, takes its rights; becoming it does not.
    await transaction.unsafe(`GRANT ${role} TO CURRENT_USER WITH INHERIT TRUE, SET FALSE`);
  });
}

async function makeDatabase(sql: OwnerSession, name: string): Promise<void> {
  const database = quoteIdentifier(name);
  const [found] = await sql<{ mine: boolean }[]>`
    select pg_get_userbyid(datdba) = current_user as mine from pg_database where datname = ${name}`;
  if (found && !found.mine) throw new Error(`The database ${name} belongs to another role.`);
  if (!found) {
    // Comparison and case by code point: the same on every machine and after every update of the system.
    await sql.unsafe(
      `CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'`,
    );
  }
  await sql.unsafe(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await sql.unsafe(`GRANT CONNECT ON DATABASE ${database} TO ${database}`);
}

async function grantRows(owner: OwnerSession, name: string): Promise<void> {
  const role = quoteIdentifier(name);
  await owner.begin(async (transaction) => {
    for (const statement of [
      "REVOKE ALL ON SCHEMA public FROM PUBLIC",
      `GRANT USAGE ON SCHEMA public TO ${role}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`,
      `GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role}`,
      `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role}`,
      `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO ${role}`,
    ]) {
      await transaction.unsafe(statement);
    }
  });
  await makeRecords(owner);
}
