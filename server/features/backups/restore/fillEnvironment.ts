import { and, eq } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { restores } from "#db/schema/restores.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { type Connection, database } from "../../../database.ts";
import {
  asEnvironmentOwner,
  type Environment,
  renewDatabase,
  rotateEncryptionKey,
} from "../../environments/service.ts";
import { getBackup, keyOf } from "../Backup.ts";
import { fillDatabase } from "../database/fillDatabase.ts";
import { openBackupFile } from "../format/backupFile.ts";
import { damagedBackup } from "../format/damagedBackup.ts";
import type { Manifest } from "../format/Manifest.ts";
import { Progress } from "../Progress.ts";
import { storeOf } from "../storage/storeOf.ts";
import type { Restore } from "./requestRestore.ts";
import { stopWork } from "./stopWork.ts";

/** Thrown for a restore that is over: nothing more is to be done for it. */
export class RestoreOverError extends Error {
  override readonly name = "RestoreOverError";
}

/** Makes the new environment's database of the backup; begun again it begins anew. Answers what commit it was at. */
export async function fillEnvironment(restoreId: string): Promise<Pick<Manifest, "commit">> {
  const db = database();
  const { restore, environment } = await openRestore(db, restoreId);
  if (environment.release !== null) throw new AppError("conflict", "This environment was deployed meanwhile.");
  const { storage, location, keySealed } = await getBackup(db, restore.backupId ?? crypto.randomUUID());
  const file = location === null ? null : await storeOf(storage).read(location);
  if (!file) throw new AppError("not_found", "The storage does not have this backup any more.");
  const note = (values: Partial<Restore>) => noteRunning(db, restoreId, values);
  await note({ detail: "Making the database.", rows: 0 });
  await renewDatabase(environment.id);
  await note({ detail: "Putting the rows in." });
  const { header, read } = await openBackupFile(file);
  // The header's own is for those who have the file alone; the list's cannot be exchanged with the file.
  const key = keyOf(keySealed ?? header.keySealed);
  const progress = new Progress((rows) => note({ rows }));
  const { manifest, rows } = await asEnvironmentOwner(environment.id, async (sql) => {
    const filled = await fillDatabase(sql, read(key), {
      onRows: progress.add,
      onFilled: async () => {
        await progress.end();
        await note({ rows: progress.rows, detail: "Making keys, indexes and triggers." });
      },
    });
    await stopWork(sql);
    return filled;
  });
  await keepKeys(db, environment, manifest);
  await note({ rows, detail: "The rows are in." });
  return { commit: manifest.commit };
}

export async function openRestore(
  db: Connection,
  id: string,
): Promise<{ readonly restore: Restore; readonly environment: Environment }> {
  const [found] = await db
    .select({ restore: restores, environment: environments })
    .from(restores)
    .innerJoin(environments, eq(environments.id, restores.environmentId))
    .where(and(eq(restores.id, id), eq(restores.state, "running")));
  if (!found) throw new RestoreOverError();
  return found;
}

export async function noteRunning(db: Connection, id: string, values: Partial<Restore>): Promise<void> {
  await db
    .update(restores)
    .set(values)
    .where(and(eq(restores.id, id), eq(restores.state, "running")));
}

/** What was encrypted is read with the keys that it was encrypted with; what is new is encrypted with one of its own. */
async function keepKeys(db: Connection, environment: Environment, { encryptionSealed }: Manifest): Promise<void> {
  if (encryptionSealed === null) return;
  const restored = { ...environment, encryptionSealed };
  try {
    await rotateEncryptionKey(db, restored);
  } catch (cause) {
    throw damagedBackup("the keys of its encrypted attributes were encrypted by another installation", cause);
  }
}
