import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";

/** One connection to an environment's database as its owner: what changes tables and keeps the records of it. */
export type OwnerSession = postgres.Sql;

export type OwnerTransaction = postgres.TransactionSql;

const lockName = "gantry: schema";
const firstPause = 25;
const longestPause = 1000;

/** Opens one session as the owner of the environment's database, in UTC. */
export async function withOwnerSession<Result>(
  adminUrl: string,
  work: (sql: OwnerSession) => Promise<Result>,
): Promise<Result> {
  const sql = postgres(adminUrl, {
    max: 1,
    // Locks belong to the session, so it must not be replaced by another one.
    max_lifetime: null,
    prepare: false,
    onnotice: () => {},
    connection: { TimeZone: "UTC", application_name: "gantry deploy" },
  });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

/** The same, while nobody else changes the tables of this environment. */
export function withSchemaLock<Result>(
  adminUrl: string,
  work: (sql: OwnerSession) => Promise<Result>,
  { patience = 60_000 }: { readonly patience?: number } = {},
): Promise<Result> {
  return withOwnerSession(adminUrl, async (sql) => {
    // Asked again and again rather than waited for: a waiting session would hold up a concurrent index build,
    // which waits for it in turn.
    const until = Date.now() + patience;
    for (let wait = firstPause; !(await tryLock(sql)); wait = Math.min(wait * 2, longestPause)) {
      if (Date.now() > until) {
        throw new AppError(
          "unavailable",
          "Another change of this environment's tables is still running. Try again later.",
        );
      }
      await pause(wait);
    }
    return await work(sql);
  });
}

async function tryLock(sql: OwnerSession): Promise<boolean> {
  const [row] = await sql<{ locked: boolean }[]>`
    select pg_try_advisory_lock(hashtextextended(${lockName}, 0)) as locked`;
  return row?.locked ?? false;
}
