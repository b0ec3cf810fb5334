import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import { guardTransactions } from "#lib/sql/guardTransactions.ts";

/** One connection as the control plane's role, which owns every environment's database and its tables. */
export type OwnerSession = postgres.Sql;

export type OwnerTransaction = postgres.TransactionSql;

const firstPause = 25;
const longestPause = 1000;

/** Opens one session, in UTC. */
export async function withOwnerSession<Result>(
  url: string,
  work: (sql: OwnerSession) => Promise<Result>,
): Promise<Result> {
  const options = {
    max: 1,
    // Locks belong to the session, so it must not be replaced by another one.
    max_lifetime: null,
    prepare: false,
    onnotice: () => {},
    connection: { TimeZone: "UTC", IntervalStyle: "iso_8601", application_name: "gantry deploy", lock_timeout: 10_000 },
  };
  const sql = guardTransactions(postgres(url, options));
  try {
    return await work(sql);
  } finally {
    // A connection that was lost under a statement would be waited for for ever.
    await sql.end({ timeout: 1 });
  }
}

/** The same, while nobody else in this database holds the lock of that name. */
export function withLock<Result>(
  url: string,
  name: string,
  work: (sql: OwnerSession) => Promise<Result>,
): Promise<Result> {
  return withOwnerSession(url, async (sql) => {
    await takeLock(sql, { name, patience: 60_000 });
    return await work(sql);
  });
}

/** The session holds it until it ends or gives it back. */
export async function takeLock(
  sql: OwnerSession,
  { name, patience }: { readonly name: string; readonly patience: number },
): Promise<void> {
  // Asked again and again rather than waited for: a waiting session would hold up a concurrent index build,
  // which waits for it in turn.
  const until = Date.now() + patience;
  for (let wait = firstPause; !(await tryLock(sql, name)); wait = Math.min(wait * 2, longestPause)) {
    if (Date.now() > until) {
      throw new AppError("unavailable", "Another change of this environment is still running. Try again later.");
    }
    await pause(wait);
  }
}

export async function releaseLock(sql: OwnerSession | OwnerTransaction, name: string): Promise<void> {
  await sql`select pg_advisory_unlock(hashtextextended(${`gantry: ${name}`}, 0))`;
}

async function tryLock(sql: OwnerSession, name: string): Promise<boolean> {
  const [row] = await sql<{ locked: boolean }[]>`
    select pg_try_advisory_lock(hashtextextended(${`gantry: ${name}`}, 0)) as locked`;
  return row?.locked ?? false;
}
