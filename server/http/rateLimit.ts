import { createHmac } from "node:crypto";
import { inArray, lt, sql } from "drizzle-orm";
import { rateLimits } from "#db/schema/rateLimits.ts";
import type { Connection } from "../database.ts";
import { env } from "../env.ts";
import { RateLimitedError } from "./RateLimitedError.ts";

/** One try in so many also clears away what is over. */
const sweepingShare = 1 / 200;

/** At most `limit` tries of one purpose by one subject in a window that starts with the first of them. */
export interface Limit {
  /** Such as `sign-in:account`. */
  readonly purpose: string;
  /** Whose tries are counted; stored as a keyed hash only. */
  readonly subject: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

/** What is left of a limit after a try, and the seconds until its window is over. */
export interface Left {
  readonly tries: number;
  readonly seconds: number;
}

/**
 * Counts one try against every limit at once, atomically however many ask at the same time.
 * Throws RateLimitedError when any of them is exceeded. Answers what is left of the one that has least.
 */
export async function countTry(db: Connection, limits: readonly Limit[]): Promise<Left> {
  if (Math.random() < sweepingShare) await sweepRateLimits(db);
  const byKey = new Map(limits.map((limit) => [keyOf(limit), limit]));
  // Rows are locked in the order of their keys, so that two requests with limits in common cannot deadlock.
  const rows = [...byKey].sort(([one], [other]) => (one < other ? -1 : 1));
  const counted = await db
    .insert(rateLimits)
    .values(rows.map(([key, { windowSeconds }]) => ({ key, count: 1, resetsAt: after(windowSeconds) })))
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        count: sql`case when ${rateLimits.resetsAt} <= now() then 1 else ${rateLimits.count} + 1 end`,
        resetsAt: sql`case when ${rateLimits.resetsAt} <= now() then excluded.resets_at else ${rateLimits.resetsAt} end`,
      },
    })
    .returning({
      key: rateLimits.key,
      count: rateLimits.count,
      seconds: sql<number>`greatest(1, ceil(extract(epoch from ${rateLimits.resetsAt} - now())))::int`,
    });
  const left = counted.map(({ key, count, seconds }) => ({ tries: (byKey.get(key)?.limit ?? 0) - count, seconds }));
  const waits = left.filter(({ tries }) => tries < 0).map(({ seconds }) => seconds);
  if (waits.length > 0) throw new RateLimitedError(Math.max(...waits));
  return left.toSorted((one, other) => one.tries - other.tries)[0] ?? { tries: 0, seconds: 0 };
}

/** Starts the counts anew, such as after a success. */
export async function forgetTries(db: Connection, limits: readonly Limit[]): Promise<void> {
  await db.delete(rateLimits).where(inArray(rateLimits.key, limits.map(keyOf)));
}

/** Removes counters whose window is over; those that someone counts on at this moment stay. */
export async function sweepRateLimits(db: Connection): Promise<void> {
  const over = db
    .select({ key: rateLimits.key })
    .from(rateLimits)
    .where(lt(rateLimits.resetsAt, sql`now()`))
    .for("update", { skipLocked: true });
  await db.delete(rateLimits).where(inArray(rateLimits.key, over));
}

function keyOf({ purpose, subject }: Limit): string {
  return `${purpose}:${createHmac("sha256", env().GANTRY_SECRET).update(`rate limit\0${subject}`).digest("hex")}`;
}

function after(seconds: number) {
  return sql`now() + make_interval(secs => ${seconds})`;
}
