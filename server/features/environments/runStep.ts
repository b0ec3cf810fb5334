import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { SchemaStep } from "#lib/compile/schema/SchemaPlan.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { OwnerSession } from "./EnvironmentDatabase.ts";
import { countStep } from "./records.ts";

/** How long a step may wait for its lock: requests to the table queue behind it for that long. */
const lockTimeout = "2s";
const attempts = 10;
const firstPause = 100;
const longestPause = 5000;

/** Lock not available, deadlock found. */
const busy = new Set(["55P03", "40P01"]);

/** Runs one step and counts it in the record of its plan. While the table is busy it steps back and tries again. */
export async function runStep(sql: OwnerSession, plan: string, step: SchemaStep): Promise<void> {
  for (let attempt = 1, wait = firstPause; ; attempt += 1, wait = Math.min(wait * 2, longestPause)) {
    try {
      return await (step.transactional ? runInTransaction(sql, plan, step) : runAlone(sql, plan, step));
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

async function runInTransaction(sql: OwnerSession, plan: string, step: SchemaStep): Promise<void> {
  for (;;) {
    const isDone = await sql.begin(async (transaction) => {
      await transaction.unsafe(`set local lock_timeout = '${lockTimeout}'`);
      const result = await transaction.unsafe(step.sql);
      if (step.repeat && result.count > 0) return false;
      await countStep(transaction, plan);
      return true;
    });
    if (isDone) return;
  }
}

/** Concurrent building waits for transactions that are under way, but nobody waits for it: no lock timeout. */
async function runAlone(sql: OwnerSession, plan: string, step: SchemaStep): Promise<void> {
  await sql`set lock_timeout = 0`;
  await sql.unsafe(step.sql);
  await sql`reset lock_timeout`;
  await countStep(sql, plan);
}
