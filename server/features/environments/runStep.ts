import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { SchemaStep } from "#lib/compile/schema/SchemaPlan.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { OwnerSession } from "./EnvironmentDatabase.ts";
import { countStep } from "./records.ts";

/** How long a step may wait for its lock: requests to the table queue behind it for that long. */
const lockTimeout = "2s";
const attempts = 10;
const firstPause = 100;
const longestPause = 5000;

/** Some thousand rows of usual width. */
const pagesInBatch = 64;

/** Lock not available, deadlock found. */
const busy = new Set(["55P03", "40P01"]);

/** Runs one step and counts it in the record of its plan. While the table is busy it steps back and tries again. */
export async function runStep(sql: OwnerSession, plan: string, step: SchemaStep): Promise<void> {
  if (step.inBatches) await runInBatches(sql, plan, step);
  else if (step.transactional) {
    await patiently(step, () =>
      sql.begin(async (transaction) => {
        await transaction.unsafe(`set local lock_timeout = '${lockTimeout}'`);
        await transaction.unsafe(step.sql);
        await countStep(transaction, plan);
      }),
    );
  } else await patiently(step, () => runAlone(sql, plan, step));
}

async function patiently(step: SchemaStep, work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1, wait = firstPause; ; attempt += 1, wait = Math.min(wait * 2, longestPause)) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof postgres.PostgresError) || !busy.has(error.code)) throw error;
      if (attempt === attempts) {
        const message = `The table "${step.table}" is too busy to be changed. Deploy again when there are fewer long transactions.`;
        throw new AppError("unavailable", message, { cause: error });
      }
      await pause(wait * (0.5 + Math.random() / 2));
    }
  }
}

/**
 * Goes through the table piece by piece, each in a transaction of its own, so that no row is locked for long. Rows that
 * come in meanwhile are the matter of defaults and triggers; those that move behind what was done have been done.
 */
async function runInBatches(sql: OwnerSession, plan: string, step: SchemaStep): Promise<void> {
  const [size] = await sql<{ pages: string }[]>`
    select (pg_relation_size(${tableName(step.table)}::regclass) / current_setting('block_size')::int)::text as pages`;
  const pages = Number(size?.pages ?? "0");
  for (let page = 0; page < pages; page += pagesInBatch) {
    const range = [`(${page},0)`, `(${page + pagesInBatch},0)`];
    await patiently(step, () =>
      sql.begin(async (transaction) => {
        await transaction.unsafe(`set local lock_timeout = '${lockTimeout}'; set local gantry.upkeep = 'on'`);
        await transaction.unsafe(step.sql, range);
      }),
    );
  }
  await patiently(step, () =>
    sql.begin(async (transaction) => {
      await transaction.unsafe(`set local lock_timeout = '${lockTimeout}'`);
      if (step.closing !== undefined) await transaction.unsafe(step.closing);
      await countStep(transaction, plan);
    }),
  );
}

/** Concurrent building waits for transactions that are under way, but nobody waits for it: no lock timeout. */
async function runAlone(sql: OwnerSession, plan: string, step: SchemaStep): Promise<void> {
  await sql`set lock_timeout = 0`;
  await sql.unsafe(step.sql);
  await sql`reset lock_timeout`;
  await countStep(sql, plan);
}
