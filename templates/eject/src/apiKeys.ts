import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { ApiKeySpec } from "#lib/compile/Snapshot.ts";

/** An API key as it is kept: its hash, never the key itself. */
export interface KeptKey extends ApiKeySpec {
  readonly name: string;
}

/** The keys that clients may call with; none where the file is not there yet. */
export async function readApiKeys(file: string): Promise<readonly KeptKey[]> {
  const text = await readFile(file, "utf8").catch(() => "[]");
  return JSON.parse(text) as readonly KeptKey[];
}

/** Makes a key and keeps its hash; this is the only moment at which the key itself is known. */
export async function createApiKey(
  file: string,
  { name, roles }: { readonly name: string; readonly roles: readonly string[] | null },
): Promise<string> {
  const key = `gk_${randomBytes(32).toString("base64url")}`;
  const hash = createHash("sha256").update(key).digest("hex");
  const kept: KeptKey = { id: randomUUID(), name, hash, expiresAt: null, ...(roles && { roles }) };
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  await writeFile(draft, `${JSON.stringify([...(await readApiKeys(file)), kept], null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
  return key;
}
