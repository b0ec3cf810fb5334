import { and, eq, isNotNull, isNull, lt, max, sql } from "drizzle-orm";
import { backups } from "#db/schema/backups.ts";
import { environments } from "#db/schema/environments.ts";
import { restores } from "#db/schema/restores.ts";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { nextTick, parseCron } from "../../../jobs/embedded/cron.ts";
import { logDefect } from "../../../log.ts";
import { announce, backUp } from "../requestBackup.ts";
import { announceRestore } from "../restore/requestRestore.ts";

/** Asks for the backups that are due, and again for those whose event was lost. */
export const keepSchedules = inngest.createFunction(
  {
    id: "keep-backup-schedules",
    name: "Back up by schedule",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "* * * * *" }],
  },
  async ({ step }) => {
    await step.run("forgotten", announceForgotten);
    await step.run("forgotten restores", announceForgottenRestores);
    await step.run("due", () => backUpDue(new Date()));
  },
);

async function announceForgotten(): Promise<number> {
  const isForgotten = and(
    eq(backups.state, "running"),
    isNull(backups.keySealed),
    lt(backups.createdAt, sql`now() - interval '1 minute'`),
  );
  const forgotten = await database().select().from(backups).where(isForgotten);
  for (const backup of forgotten) await announce(backup);
  return forgotten.length;
}

async function announceForgottenRestores(): Promise<number> {
  const isForgotten = and(
    eq(restores.state, "running"),
    isNull(restores.rows),
    lt(restores.createdAt, sql`now() - interval '1 minute'`),
  );
  const forgotten = await database().select().from(restores).where(isForgotten);
  for (const restore of forgotten) await announceRestore(restore);
  return forgotten.length;
}

/** However many moments were missed, one backup makes up for them. Answers how many were asked for. */
export async function backUpDue(now: Date): Promise<number> {
  const db = database();
  const isReady = and(
    isNotNull(environments.backups),
    isNotNull(environments.databaseName),
    isNull(environments.removingSince),
  );
  const found = await db
    .select({ id: environments.id, settings: environments.backups, last: max(backups.createdAt) })
    .from(environments)
    .leftJoin(backups, and(eq(backups.environmentId, environments.id), eq(backups.reason, "schedule")))
    .where(isReady)
    .groupBy(environments.id);
  let count = 0;
  for (const { id, settings, last } of found) {
    if (!settings || settings.cron === null) continue;
    try {
      const since = new Date(Math.max(last?.getTime() ?? 0, Date.parse(settings.since ?? "1970-01-01T00:00:00Z")));
      const due = nextTick(parseCron(settings.cron), since);
      if (!due || due > now) continue;
      await backUp(id, { reason: "schedule", userId: null });
      count += 1;
    } catch (error) {
      // One that cannot be backed up must not keep the others waiting.
      logDefect("A backup by schedule could not be begun.", error, { environmentId: id });
    }
  }
  return count;
}
