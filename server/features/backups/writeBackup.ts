import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { backups } from "#db/schema/backups.ts";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { type Connection, database } from "../../database.ts";
import { seal } from "../../secrets/seal.ts";
import { atOneMoment, type Environment } from "../environments/service.ts";
import { type Backup, getBackup } from "./Backup.ts";
import { readDatabase } from "./database/readDatabase.ts";
import { readTables } from "./database/readTables.ts";
import { openBackupFile, writeBackupFile } from "./format/backupFile.ts";
import type { Manifest } from "./format/Manifest.ts";
import { Progress } from "./Progress.ts";
import type { BackupStore } from "./storage/BackupStore.ts";
import { storeOf } from "./storage/storeOf.ts";

/** Thrown for a backup that is over: nothing more is to be done for it. */
export class BackupOverError extends Error {
  override readonly name = "BackupOverError";
}

/**
 * Reads the environment's database and writes the backup; begun again it begins anew. It counts once it is whole and was
 * read back.
 */
export async function writeBackup(id: string): Promise<void> {
  const db = database();
  const backup = await getBackup(db, id);
  if (backup.state !== "running") throw new BackupOverError();
  const location = backup.location ?? "";
  const store = storeOf(backup.storage);
  // What an earlier try left.
  await store.remove(location);
  const environment = await environmentOf(db, backup);
  const served = await servedBy(db, environment);
  const key = randomBytes(32);
  const keySealed = seal(key.toString("base64url"));
  const { release, commit } = served;
  const note = (values: Partial<Backup>) => noteRunning(db, id, values);
  await note({ keySealed, release, commit, rows: 0, detail: "Reading the rows." });

  const progress = new Progress((rows) => note({ rows }));
  const bytes = await atOneMoment(
    environment.id,
    async (sql) => {
      const tables = await readTables(sql);
      const [size] = await sql<{ bytes: string }[]>`select pg_database_size(current_database())::text as bytes`;
      return { tables, expected: Number(size?.bytes ?? 0) };
    },
    async (moment, { tables, expected }) => {
      const { name, branch } = environment;
      const { encryptionSealed } = environment;
      const place = { id: environment.id, name, branch };
      const manifest: Manifest = { format: 1, environment: place, ...served, encryptionSealed, ...tables };
      const records = readDatabase(moment, manifest, progress.add);
      const content = writeBackupFile(records, { header: { backup: id, keySealed }, key });
      return await store.write(location, content, { expected });
    },
  );
  await progress.end();
  await note({ rows: progress.rows, bytes, detail: "Reading it back." });
  await readBack(store, { location, key, rows: progress.rows });
  await note({ state: "done", detail: null, finishedAt: new Date() });
}

async function noteRunning(db: Connection, id: string, values: Partial<Backup>): Promise<void> {
  await db
    .update(backups)
    .set(values)
    .where(and(eq(backups.id, id), eq(backups.state, "running")));
}

async function environmentOf(db: Connection, { environmentId }: Backup): Promise<Environment> {
  const [environment] =
    environmentId === null ? [] : await db.select().from(environments).where(eq(environments.id, environmentId));
  if (!environment || environment.removingSince) {
    throw new AppError("not_found", "The environment was removed before it was backed up.");
  }
  return environment;
}

/** The release that serves; a deploy that is under way changes tables only so that this one goes on. */
async function servedBy(
  db: Connection,
  { id, release }: Environment,
): Promise<Pick<Manifest, "release" | "commit" | "snapshot">> {
  if (release === null) return { release, commit: null, snapshot: null };
  const [deployment] = await db
    .select({ commit: deployments.commit, snapshot: deployments.snapshot })
    .from(deployments)
    .where(and(eq(deployments.environmentId, id), eq(deployments.release, release)));
  return { release, commit: deployment?.commit ?? null, snapshot: deployment?.snapshot ?? null };
}

interface Written {
  readonly location: string;
  readonly key: Buffer;
  readonly rows: number;
}

/** A backup that cannot be read is none. */
async function readBack(store: BackupStore, { location, key, rows }: Written): Promise<void> {
  const file = await store.read(location);
  if (!file) throw new AppError("unavailable", "The storage has lost the backup. Try again.");
  const { read } = await openBackupFile(file);
  let found = 0;
  for await (const record of read(key)) if (record.kind === "tableEnd") found += record.rows;
  if (found !== rows) throw new AppError("unavailable", "The storage gives back something else than it was given.");
}
