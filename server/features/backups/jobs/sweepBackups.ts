import { and, desc, eq, isNotNull, lt, or, sql } from "drizzle-orm";
import { backups } from "#db/schema/backups.ts";
import { projects } from "#db/schema/projects.ts";
import { type Connection, database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { logDefect } from "../../../log.ts";
import { recordAudit, systemActor } from "../../audit/service.ts";
import type { Backup } from "../Backup.ts";
import { removeBackup } from "../removeBackup.ts";
import { sweepFolder } from "../storage/folderBackups.ts";
import { backupFolder, storeOf } from "../storage/storeOf.ts";

/** Deletes backups whose time is over, and what failed ones and projects that are gone have left. */
export const sweepBackups = inngest.createFunction(
  { id: "sweep-backups", name: "Delete old backups", retries: 0, concurrency: 1, triggers: [{ cron: "23 * * * *" }] },
  async ({ step }) => {
    await step.run("expired", sweepExpired);
    await step.run("leftovers", sweepLeftovers);
  },
);

/** The newest whole one of an environment that is there stays in any case. Answers how many went. */
export async function sweepExpired(): Promise<number> {
  const db = database();
  const isOver = lt(backups.expiresAt, sql`now()`);
  const expired = await db
    .select()
    .from(backups)
    .where(and(isOver, or(eq(backups.state, "done"), eq(backups.state, "failed"))));
  let count = 0;
  for (const backup of expired) {
    if (backup.state === "done" && backup.environmentId !== null) {
      const isWhole = and(eq(backups.environmentId, backup.environmentId), eq(backups.state, "done"));
      const [newest] = await db.select().from(backups).where(isWhole).orderBy(desc(backups.createdAt)).limit(1);
      if (newest?.id === backup.id) continue;
    }
    try {
      await removeBackup(db, backup);
      await recordExpiry(db, backup);
      count += 1;
    } catch (error) {
      logDefect("An old backup could not be deleted.", error, { backupId: backup.id });
    }
  }
  return count;
}

async function recordExpiry(db: Connection, { projectId, environmentName, id, createdAt, expiresAt }: Backup) {
  const [project] = await db.select().from(projects).where(eq(projects.id, projectId));
  if (!project) return;
  await recordAudit(db, {
    organisationId: project.organisationId,
    actor: systemActor,
    action: "backup.expired",
    target: `backup of ${environmentName} of project ${project.slug}`,
    projectId,
    before: { id, madeAt: createdAt, expiresAt },
  });
}

export async function sweepLeftovers(): Promise<void> {
  const db = database();
  const failed = await db
    .select()
    .from(backups)
    .where(and(eq(backups.state, "failed"), isNotNull(backups.location)));
  for (const { id, storage, location } of failed) {
    try {
      if (location !== null) await storeOf(storage).remove(location);
      await db.update(backups).set({ location: null }).where(eq(backups.id, id));
    } catch (error) {
      logDefect("What a failed backup left could not be removed.", error, { backupId: id });
    }
  }
  await sweepFolder(backupFolder(), async (project) => (await db.$count(projects, eq(projects.id, project))) > 0);
}
