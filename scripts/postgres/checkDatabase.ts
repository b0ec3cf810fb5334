import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { Failure, systemCode } from "../Failure.ts";

const patience = 10_000;

interface Facts {
  readonly version: number;
  readonly release: string;
  readonly role: string;
  readonly database: string;
  readonly encoding: string;
  readonly standby: boolean;
  readonly createsDatabases: boolean;
  readonly createsRoles: boolean;
  readonly createsSchemas: boolean;
  readonly createsTables: boolean;
}

/** Refuses a DATABASE_URL that the control plane could not work with, in one sentence that never shows the password. */
export async function checkDatabase(url: string): Promise<string> {
  const place = placeOf(url);
  const facts = await ask(url, place);
  const problem = problemWith(facts);
  if (problem) throw new Failure(`DATABASE_URL (${place}) cannot be used: ${problem}`);
  return `${place} (${facts.release})`;
}

function problemWith(facts: Facts): string | undefined {
  const { role, database } = facts;
  if (facts.version < 180_000) return `it is PostgreSQL ${facts.release} and Gantry needs 18 or newer.`;
  if (facts.standby) return "it is a read-only standby; name the primary.";
  if (facts.encoding !== "UTF8") return `the database's encoding is ${facts.encoding} and must be UTF8.`;
  const missing = [!facts.createsDatabases && "CREATEDB", !facts.createsRoles && "CREATEROLE"]
    .filter(Boolean)
    .join(" ");
  if (missing) return `the role lacks ${missing}. As a superuser run: ALTER ROLE "${role}" ${missing};`;
  if (!facts.createsSchemas || !facts.createsTables) {
    return `the role may not create tables there. As a superuser run: ALTER DATABASE "${database}" OWNER TO "${role}";`;
  }
  return undefined;
}

async function ask(url: string, place: string): Promise<Facts> {
  const sql = postgres(url, { max: 1, connect_timeout: patience / 1000, onnotice: () => {} });
  try {
    const asked = sql<Facts[]>`
      select current_setting('server_version_num')::int as version, split_part(current_setting('server_version'), ' ', 1) as release,
        rolname as role, datname as database, pg_encoding_to_char(encoding) as encoding, pg_is_in_recovery() as standby,
        rolcreatedb or rolsuper as "createsDatabases", rolcreaterole or rolsuper as "createsRoles",
        has_database_privilege(current_database(), 'create') as "createsSchemas",
        coalesce(has_schema_privilege(to_regnamespace('public'), 'create'), false) as "createsTables"
      from pg_roles, pg_database where rolname = current_user and datname = current_database()`;
    const [facts] = await Promise.race([asked, silence()]);
    if (!facts) throw new Error("The server knows neither the role nor the database.");
    return facts;
  } catch (error) {
    throw new Failure(`DATABASE_URL (${place}) cannot be used: ${whyNot(error)}`, { cause: error });
  } finally {
    // Not awaited: the driver waits for a server that took the connection and then stays silent.
    void sql.end({ timeout: 0 });
  }
}

/** Fails like a connection that is not taken: the driver's own limit ends when one is. */
async function silence(): Promise<never> {
  await delay(patience, undefined, { ref: false });
  throw Object.assign(new Error("No answer."), { code: "CONNECT_TIMEOUT" });
}

function whyNot(error: unknown): string {
  switch (systemCode(error)) {
    case "ECONNREFUSED":
      return "no server listens there.";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "the host name is not known.";
    case "CONNECT_TIMEOUT":
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return "the server does not answer.";
    case "28P01":
    case "28000":
      return "the server refuses this user or its password.";
    case "3D000":
      return "the server has no such database; create it first.";
    case "53300":
      return "the server has no connection left to give.";
    default:
      return `${error instanceof Error ? error.message : String(error)}.`;
  }
}

/** Host, port and database, without user and password. */
function placeOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol) || parsed.pathname.length < 2) {
    throw new Failure("DATABASE_URL must read postgres://user:password@host:port/database.");
  }
  return `${parsed.host}${parsed.pathname}`;
}
