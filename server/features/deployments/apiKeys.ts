import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { apiKeys } from "#db/schema/apiKeys.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";
import { tellLive, withSpecLock } from "./switchOver.ts";

const mostKeys = 100;

const shown = {
  id: apiKeys.id,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
};

/** The keys of an environment that were not revoked, newest first. */
export async function listApiKeys(db: Connection, environmentId: string) {
  return await db
    .select(shown)
    .from(apiKeys)
    .where(and(eq(apiKeys.environmentId, environmentId), isNull(apiKeys.revokedAt)))
    .orderBy(desc(apiKeys.id));
}

/**
 * Makes a key that the app takes from now on. The only moment at which `apiKey` itself is known: `gk_` and 256 random
 * bits; the database keeps its SHA-256.
 */
export async function createApiKey(environmentId: string, name: string) {
  const apiKey = `gk_${randomBytes(32).toString("base64url")}`;
  const hash = createHash("sha256").update(apiKey).digest("hex");
  return await withSpecLock(environmentId, async (db, environment) => {
    if ((await listApiKeys(db, environmentId)).length >= mostKeys) {
      throw new AppError("conflict", `There are ${mostKeys} keys. Revoke one that is no longer used.`);
    }
    const [key] = await db
      .insert(apiKeys)
      .values({ environmentId, name, prefix: apiKey.slice(0, 8), hash })
      .returning(shown);
    if (!key) throw new Error("An inserted row was not returned.");
    await tellLive(db, environment);
    return { ...key, apiKey };
  });
}

/** Ends a key at once. Throws, with the key still valid, when the runtime cannot be told. */
export async function revokeApiKey(environmentId: string, id: string): Promise<void> {
  await withSpecLock(environmentId, async (db, environment) => {
    const revoked = await db
      .update(apiKeys)
      .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
      .where(and(eq(apiKeys.id, id), eq(apiKeys.environmentId, environmentId)))
      .returning({ id: apiKeys.id });
    if (revoked.length === 0) throw new AppError("not_found", "There is no such key.");
    await tellLive(db, environment);
  });
}
