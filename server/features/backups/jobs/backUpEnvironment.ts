import { and, eq, sql } from "drizzle-orm";
import { NonRetriableError } from "inngest";
import { backups } from "#db/schema/backups.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { backupRequested } from "../../../jobs/events.ts";
import { logDefect } from "../../../log.ts";
import { mayPass, publicReason } from "../failure.ts";
import { storeOf } from "../storage/storeOf.ts";
import { BackupOverError, writeBackup } from "../writeBackup.ts";

/** Makes one backup; a try that is killed is followed by another one. */
export const backUpEnvironment = inngest.createFunction(
  {
    id: "back-up",
    name: "Back up an environment",
    retries: 3,
    concurrency: { limit: 1, key: "event.data.environmentId" },
    triggers: [backupRequested],
  },
  async ({ event, step }) => {
    const { backupId } = event.data;
    try {
      await step.run("copy", () => copy(backupId));
      return { backupId, state: "done" };
    } catch {
      await step.run("give up", () => failBackup(backupId, null));
      return { backupId, state: "failed" };
    }
  },
);

async function copy(backupId: string): Promise<void> {
  try {
    await writeBackup(backupId);
  } catch (error) {
    if (error instanceof BackupOverError) return;
    if (!(error instanceof AppError) || error.cause !== undefined) {
      logDefect("A backup failed.", error, { backupId });
    }
    const reason = publicReason(error);
    if (!mayPass(error)) {
      await failBackup(backupId, reason);
      throw new NonRetriableError(reason);
    }
    const detail = `${reason} Trying again.`;
    await database()
      .update(backups)
      .set({ detail })
      .where(and(eq(backups.id, backupId), eq(backups.state, "running")));
    throw new Error(reason);
  }
}

/** The reason is that of the last try, unless its process died each time. Nothing of it stays in the storage. */
async function failBackup(backupId: string, reason: string | null): Promise<void> {
  const db = database();
  const [backup] = await db.select().from(backups).where(eq(backups.id, backupId));
  if (backup?.state !== "running") return;
  const said = backup.detail?.endsWith(" Trying again.") ? backup.detail.replace(/ Trying again\.$/, "") : null;
  const detail = reason ?? said ?? "The backup was interrupted too often. Try again.";
  await db
    .update(backups)
    .set({ state: "failed", detail, finishedAt: new Date(), expiresAt: sql`now() + interval '14 days'` })
    .where(and(eq(backups.id, backupId), eq(backups.state, "running")));
  if (backup.location === null) return;
  try {
    await storeOf(backup.storage).remove(backup.location);
    await db.update(backups).set({ location: null }).where(eq(backups.id, backupId));
  } catch (error) {
    // The sweep tries again.
    logDefect("What a failed backup left could not be removed.", error, { backupId });
  }
}
