import { eq } from "drizzle-orm";
import { backups } from "#db/schema/backups.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";
import type { Backup } from "./Backup.ts";
import { storeOf } from "./storage/storeOf.ts";

/** Deletes a backup with its content, for good. One that is gone from the storage already may go from the list. */
export async function removeBackup(db: Connection, backup: Backup): Promise<void> {
  if (backup.state === "running")
    throw new AppError("conflict", "This backup is being made. Delete it when it is done.");
  if (backup.location !== null) await storeOf(backup.storage).remove(backup.location);
  await db.delete(backups).where(eq(backups.id, backup.id));
}
