import { sql } from "drizzle-orm";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { rollUpRequests } from "../figures/rollUp.ts";

const together = 5000;
/** Of one run; the next goes on. */
const mostBatches = 40;

/** Hours that have ended are added up; what came late is found once a day. Figures by the minute are kept for 14 days, logs for 7. */
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
  return await inBatches(
    sql`delete from metric_points where ctid = any(array(
      select ctid from metric_points where at < now() - interval '14 days' limit ${together}))`,
  );
}

export async function sweepRecords(): Promise<number> {
  return await inBatches(
    sql`delete from log_records where ctid = any(array(
      select ctid from log_records where at < now() - interval '7 days' limit ${together}))`,
  );
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
