import { setTimeout as pause } from "node:timers/promises";
import { and, eq, isNull, sql } from "drizzle-orm";
import { backups } from "#db/schema/backups.ts";
import { environments } from "#db/schema/environments.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { type Connection, database } from "../../database.ts";
import { inngest } from "../../jobs/client.ts";
import { backupRequested } from "../../jobs/events.ts";
import { daysWithin } from "../plans/service.ts";
import { type Backup, getBackup } from "./Backup.ts";
import { defaultKeepDays } from "./settings.ts";

/** Of those that people asked for, which nobody deletes for them. */
const mostByHand = 50;

export interface BackupRequest {
  readonly reason: Backup["reason"];
  readonly userId: string | null;
}

/**
 * Asks for a backup of an environment as it is once its turn comes; those before it go first. One that people ask for
 * while another one that they asked for is under way is that one.
 */
export async function backUp(environmentId: string, { reason, userId }: BackupRequest): Promise<Backup> {
  const db = database();
  const { backup, isNew } = await db.transaction(async (transaction) => {
    // One after the other: the same is not begun twice.
    const [environment] = await transaction
      .select()
      .from(environments)
      .where(eq(environments.id, environmentId))
      .for("no key update");
    if (!environment || environment.removingSince) throw new AppError("not_found", "There is no such environment.");
    if (!environment.databaseName) {
      throw new AppError("conflict", "This environment has no database yet. Deploy it first.");
    }
    const ofKind = and(eq(backups.environmentId, environmentId), eq(backups.reason, reason));
    if (reason !== "contract") {
      const [running] = await transaction
        .select()
        .from(backups)
        .where(and(ofKind, eq(backups.state, "running")));
      if (running) return { backup: running, isNew: false };
    }
    const kept = and(ofKind, isNull(backups.expiresAt));
    if (reason === "hand" && (await transaction.$count(backups, kept)) >= mostByHand) {
      throw new AppError("conflict", `There are ${mostByHand} backups that were made by hand. Delete some first.`);
    }
    const id = crypto.randomUUID();
    const { keepDays = defaultKeepDays, storage } = environment.backups ?? {};
    const wanted = { limit: "backupDays", days: keepDays } as const;
    const days = await daysWithin(transaction, environment.projectId, wanted);
    const [made] = await transaction
      .insert(backups)
      .values({
        id,
        projectId: environment.projectId,
        environmentId,
        environmentName: environment.name,
        reason,
        state: "running",
        detail: "Waiting for its turn.",
        location: `${environment.projectId}/${environmentId}/${id}.gantry-backup`,
        storage: storage ?? null,
        requestedBy: userId,
        expiresAt: reason === "hand" ? null : sql`now() + make_interval(days => ${days})`,
      })
      .returning();
    if (!made) throw new Error("An inserted row was not returned.");
    return { backup: made, isNew: true };
  });
  if (isNew) await announceBackup(db, backup);
  return backup;
}

async function announceBackup(db: Connection, backup: Backup): Promise<void> {
  try {
    await announce(backup);
  } catch (cause) {
    const message = "The backup could not be started, because the job engine does not answer. Try again in a moment.";
    await db
      .update(backups)
      .set({ state: "failed", detail: message, finishedAt: new Date() })
      .where(and(eq(backups.id, backup.id), eq(backups.state, "running")));
    throw new AppError("unavailable", message, { cause });
  }
}

/** Hands it to the job engine; handed over twice it is still one. */
export async function announce({ id, environmentId }: Pick<Backup, "id" | "environmentId">): Promise<void> {
  if (environmentId === null) return;
  await inngest.send(backupRequested.create({ backupId: id, environmentId }, { id }));
}

const lookMilliseconds = 200;

/** Waits for a backup's end and answers it. Throws its reason where there is none. */
export async function backupEnded(id: string, signal?: AbortSignal): Promise<Backup> {
  for (;;) {
    const backup = await getBackup(database(), id);
    if (backup.state === "done") return backup;
    if (backup.state === "failed") {
      throw new AppError("unavailable", `There is no backup: ${backup.detail ?? "it failed."}`);
    }
    await pause(lookMilliseconds, undefined, signal ? { signal } : {});
  }
}
