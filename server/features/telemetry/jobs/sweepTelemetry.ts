import { sql } from "drizzle-orm";
import type { DaysLimit } from "#lib/plans/plans.ts";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { keptDays } from "../../plans/service.ts";
import { rollUpRequests } from "../figures/rollUp.ts";

const together = 5000;
/** Of one run; the next goes on. */
const mostBatches = 40;

/** Hours that have ended are added up; what came late is found once a day. How long figures and logs are kept is the plan's matter. */
export const sweepTelemetry = inngest.createFunction(
  {
    id: "sweep-telemetry",
    name: "Add up figures by the hour; forget old figures and logs",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "17 * * * *" }],
  },
  async ({ step }) => {
    await step.run("hours", () => rollUpRequests(new Date().getUTCHours() === 3 ? 26 : 3));
    await step.run("points", sweepPoints);
    await step.run("records", sweepRecords);
  },
);

/** Answers how many went. */
export async function sweepPoints(): Promise<number> {
  return await sweep("metric_points", "figureDays");
}

export async function sweepRecords(): Promise<number> {
  return await sweep("log_records", "logDays");
}

/** Environments whose plans keep it equally long are swept together. */
async function sweep(table: "metric_points" | "log_records", limit: DaysLimit): Promise<number> {
  const kept = await keptDays(database(), limit);
  const days = [...new Set(kept.values())];
  if (days.length === 0) return 0;
  let all = 0;
  for (const one of days) {
    const environments = [...kept].filter(([, most]) => most === one).map(([id]) => id);
    all += await inBatches(
      sql`delete from ${sql.identifier(table)} where ctid = any(array(
        select ctid from ${sql.identifier(table)}
        where at < now() - ${`${one} days`}::interval and environment_id = any(${`{${environments.join(",")}}`}::uuid[])
        limit ${together}))`,
    );
  }
  return all;
}

/** Some at a time: nobody who tells of new ones waits long. */
async function inBatches(statement: ReturnType<typeof sql>): Promise<number> {
  let all = 0;
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const { count } = await database().execute(statement);
    all += count;
    if (count < together) break;
  }
  return all;
}
