import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EncryptionSpec } from "#lib/compile/Snapshot.ts";
import type { Settings } from "./settings.ts";

/** The keys of encrypted attributes and of sign-in: those given, else the data folder's, which are made once. */
export async function encryptionOf({ encryptionKeys, dataFolder }: Settings): Promise<EncryptionSpec> {
  if (encryptionKeys !== null) return JSON.parse(encryptionKeys) as EncryptionSpec;
  const file = join(dataFolder, "encryption-keys.json");
  const kept = await readFile(file, "utf8").catch(() => null);
  if (kept !== null) return JSON.parse(kept) as EncryptionSpec;
  const made: EncryptionSpec = {
    current: "first",
    keys: [{ id: "first", key: randomBytes(32).toString("base64url") }],
  };
  await mkdir(dataFolder, { recursive: true });
  // Never over one that came in between: what it sealed could not be opened any more.
  await writeFile(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  return made;
}
