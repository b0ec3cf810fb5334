import { eq } from "drizzle-orm";
import { backups } from "#db/schema/backups.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";
import { unseal } from "../../secrets/seal.ts";
import { damagedBackup } from "./format/damagedBackup.ts";

export type Backup = typeof backups.$inferSelect;

export async function getBackup(db: Connection, id: string): Promise<Backup> {
  const [backup] = await db.select().from(backups).where(eq(backups.id, id));
  if (!backup) throw new AppError("not_found", "This backup is not there any more.");
  return backup;
}

/** What a backup's content is encrypted with. Secret. */
export function keyOf(keySealed: string): Buffer {
  try {
    return Buffer.from(unseal(keySealed), "base64url");
  } catch (cause) {
    throw damagedBackup("its key was encrypted by another installation", cause);
  }
}
