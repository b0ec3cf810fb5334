import { randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import type { EncryptionSpec } from "#lib/compile/Snapshot.ts";
import type { Connection } from "../../database.ts";
import { seal, unseal } from "../../secrets/seal.ts";

type Environment = typeof environments.$inferSelect;

/** Keys for a new environment, sealed. */
export function newEncryption(): string {
  const key = newKey();
  return sealed({ keys: [key], current: key.id });
}

/** Gives an environment keys that was made before there were any. */
export async function ensureEncryption(db: Connection, id: string): Promise<void> {
  const lacking = and(eq(environments.id, id), isNull(environments.encryptionSealed));
  await db.update(environments).set({ encryptionSealed: newEncryption() }).where(lacking);
}

/** The keys of an environment's encrypted attributes. Secret. */
export function encryptionOf({ encryptionSealed }: Environment): EncryptionSpec | null {
  return encryptionSealed === null ? null : (JSON.parse(unseal(encryptionSealed)) as EncryptionSpec);
}

/** Seals new values with a new key from now on; the keys before go on opening theirs. Answers the changed environment. */
export async function rotateEncryptionKey(db: Connection, environment: Environment): Promise<Environment> {
  const key = newKey();
  const before = encryptionOf(environment)?.keys ?? [];
  const encryptionSealed = sealed({ keys: [...before, key], current: key.id });
  await db.update(environments).set({ encryptionSealed }).where(eq(environments.id, environment.id));
  return { ...environment, encryptionSealed };
}

function newKey(): EncryptionSpec["keys"][number] {
  return { id: randomBytes(6).toString("hex"), key: randomBytes(32).toString("base64url") };
}

const sealed = (spec: EncryptionSpec) => seal(JSON.stringify(spec));
