import { eq } from "drizzle-orm";
import { z } from "zod";
import type { BackupSettings, S3Storage } from "#db/schema/backups.ts";
import { environments } from "#db/schema/environments.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { readCron } from "#lib/model/processes/cron.ts";
import type { Connection } from "../../database.ts";
import { seal } from "../../secrets/seal.ts";
import { line } from "../../trpc/line.ts";
import type { Environment } from "../environments/service.ts";
import type { BackupStore } from "./storage/BackupStore.ts";
import { storeOf } from "./storage/storeOf.ts";

/** For backups before contracts, where nobody said another number. */
export const defaultKeepDays = 30;

const cron = z
  .string()
  .max(200)
  .superRefine((text, context) => {
    const read = readCron(text);
    if (typeof read === "string") context.addIssue({ code: "custom", message: read });
  });

const storageInput = z.object({
  endpoint: z.url({ protocol: /^https?$/, error: "Give an address such as https://s3.example.com." }).max(300),
  region: line(60),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "Give the bucket's name, such as acme-backups."),
  accessKeyId: line(200),
  /** Null keeps the one that is there. */
  secretAccessKey: z.string().min(1, "Fill this in.").max(500).nullable(),
});

export const settingsInput = z.object({
  cron: cron.nullable(),
  keepDays: z.int().min(1, "Keep them for a day at least.").max(3650, "Keep them for ten years at most."),
  /** Null is the installation's folder. */
  storage: storageInput.nullable(),
});

export type StorageInput = z.infer<typeof storageInput>;
type SettingsInput = z.infer<typeof settingsInput>;

/** What people are shown: no secret comes back. */
export function shownSettings({ backups: settings }: Pick<Environment, "backups">) {
  const { cron = null, keepDays = defaultKeepDays, storage } = settings ?? {};
  const { endpoint = "", region = "", bucket = "", accessKeyId = "" } = storage ?? {};
  return { cron, keepDays, storage: storage ? { endpoint, region, bucket, accessKeyId } : null };
}

/** Backups that are there stay where they are. */
export async function keepSettings(db: Connection, environment: Environment, given: SettingsInput): Promise<void> {
  const storage = given.storage && sealedStorage(environment, given.storage);
  const before = environment.backups;
  const since = given.cron !== null && given.cron === before?.cron ? before.since : new Date().toISOString();
  const backups: BackupSettings = {
    cron: given.cron,
    keepDays: given.keepDays,
    ...(since !== undefined && { since }),
    ...(storage && { storage }),
  };
  await db.update(environments).set({ backups }).where(eq(environments.id, environment.id));
}

function sealedStorage({ backups }: Environment, { secretAccessKey, ...place }: StorageInput): S3Storage {
  if (secretAccessKey !== null) return { ...place, secretAccessKeySealed: seal(secretAccessKey) };
  const before = backups?.storage;
  // A secret is for the service that it was given for: nobody sends it elsewhere by another address.
  if (before && before.endpoint === place.endpoint && before.accessKeyId === place.accessKeyId) {
    return { ...place, secretAccessKeySealed: before.secretAccessKeySealed };
  }
  const message = "Give the secret key again for another address or another key.";
  throw new AppError("invalid_input", message, {
    fields: [{ field: "storage.secretAccessKey", rule: "required", message }],
  });
}

/** Writes, reads and removes a small file; throws why that does not go. */
export async function testStorage(environment: Environment, given: StorageInput | null): Promise<void> {
  const store = storeOf(given && sealedStorage(environment, given));
  const key = `${environment.projectId}/${environment.id}/test-${crypto.randomUUID()}`;
  const content = Buffer.from(`Gantry wrote this to see whether backups can be kept here.\n`);
  await store.write(key, asPieces(content));
  const back = await readAll(store, key);
  await store.remove(key);
  if (back?.equals(content)) return;
  throw new AppError("unavailable", "The storage gives back something else than it was given.");
}

async function* asPieces(content: Buffer): AsyncGenerator<Buffer, void> {
  yield content;
}

async function readAll(store: BackupStore, key: string): Promise<Buffer | null> {
  const content = await store.read(key);
  if (!content) return null;
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}
