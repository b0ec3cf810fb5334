import { join } from "node:path";
import type { S3Storage } from "#db/schema/backups.ts";
import { env } from "../../../env.ts";
import { unseal } from "../../../secrets/seal.ts";
import { allowsPrivateEgress } from "../../environments/service.ts";
import type { BackupStore } from "./BackupStore.ts";
import { folderBackups } from "./folderBackups.ts";
import { s3Backups } from "./s3Backups.ts";

/** Null and absent are the installation's folder. */
export function storeOf(storage: S3Storage | null | undefined): BackupStore {
  if (!storage) return folderBackups(backupFolder());
  const { secretAccessKeySealed, ...place } = storage;
  // Whoever may not let his apps reach the machine's networks may not reach them by backups.
  return s3Backups({ ...place, secretAccessKey: unseal(secretAccessKeySealed), allowPrivate: allowsPrivateEgress() });
}

export function backupFolder(): string {
  const { GANTRY_BACKUPS, GANTRY_DATA } = env();
  return GANTRY_BACKUPS ?? join(GANTRY_DATA, "backups");
}
