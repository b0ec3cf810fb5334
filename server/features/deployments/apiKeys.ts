import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import { apiKeys } from "#db/schema/apiKeys.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Model } from "#lib/model/types.ts";
import type { Connection, Transaction } from "../../database.ts";
import type { Environment } from "../environments/service.ts";
import { deploymentAt } from "./Deployment.ts";
import { tellLive, withSpecLock } from "./switchOver.ts";

const mostKeys = 100;
const mostTesterKeys = 20;
const testerMinutes = 15;

const shown = {
  id: apiKeys.id,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  roles: apiKeys.roles,
  actAs: apiKeys.actAs,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
};

/** The keys that people made for an environment and that were not revoked, newest first. */
export async function listApiKeys(db: Connection, environmentId: string) {
  return await db
    .select(shown)
    .from(apiKeys)
    .where(and(eq(apiKeys.environmentId, environmentId), isNull(apiKeys.revokedAt), eq(apiKeys.tester, false)))
    .orderBy(desc(apiKeys.id));
}

export interface NewApiKey {
  readonly name: string;
  /** Of the app's roles; null makes a service key, which its policies do not concern. */
  readonly roles?: readonly string[] | null;
  /** Whether it may send requests as other actors. */
  readonly actAs?: boolean;
}

/**
 * Makes a key that the app takes from now on. The only moment at which `apiKey` itself is known: `gk_` and 256 random
 * bits; the database keeps its SHA-256.
 */
export async function createApiKey(environmentId: string, { name, roles = null, actAs = false }: NewApiKey) {
  return await withSpecLock(environmentId, async (db, environment) => {
    if ((await listApiKeys(db, environmentId)).length >= mostKeys) {
      throw new AppError("conflict", `There are ${mostKeys} keys. Revoke one that is no longer used.`);
    }
    if (roles) await requireRoles(db, environment, roles);
    return await insertKey(db, environment, { name, roles: roles && [...roles], actAs });
  });
}

/**
 * Makes a key for the policy tester of a browser: for a few minutes it may do everything and act as anybody. Those that
 * have expired go.
 */
export async function createTesterKey(environmentId: string) {
  return await withSpecLock(environmentId, async (db, environment) => {
    const ofTester = and(eq(apiKeys.environmentId, environmentId), eq(apiKeys.tester, true));
    await db.delete(apiKeys).where(and(ofTester, lt(apiKeys.expiresAt, sql`now()`)));
    if ((await db.$count(apiKeys, ofTester)) >= mostTesterKeys) {
      throw new AppError("conflict", "The policy tester is open too often. Try again in a few minutes.");
    }
    const expiresAt = new Date(Date.now() + 60_000 * testerMinutes);
    return await insertKey(db, environment, { name: "Policy tester", actAs: true, tester: true, expiresAt });
  });
}

type KeyParts = Omit<typeof apiKeys.$inferInsert, "environmentId" | "prefix" | "hash">;

async function insertKey(db: Transaction, environment: Environment, parts: KeyParts) {
  const apiKey = `gk_${randomBytes(32).toString("base64url")}`;
  const hash = createHash("sha256").update(apiKey).digest("hex");
  const [key] = await db
    .insert(apiKeys)
    .values({ ...parts, environmentId: environment.id, prefix: apiKey.slice(0, 8), hash })
    .returning(shown);
  if (!key) throw new Error("An inserted row was not returned.");
  await tellLive(db, environment);
  return { ...key, apiKey };
}

/** Names of the roles that the app has as it is live; none while nothing is. */
export async function liveRoles(db: Connection, environment: Environment): Promise<readonly string[]> {
  return (await liveModel(db, environment))?.app.roles?.map(({ name }) => name) ?? [];
}

/** The model of the app as it is live; null while nothing is. */
export async function liveModel(db: Connection, environment: Environment): Promise<Model | null> {
  if (environment.release === null) return null;
  const { snapshot } = await deploymentAt(db, environment.id, environment.release);
  return snapshot?.model ?? null;
}

async function requireRoles(db: Connection, environment: Environment, roles: readonly string[]): Promise<void> {
  const allowed = await liveRoles(db, environment);
  const unknown = roles.find((role) => !allowed.includes(role));
  if (unknown === undefined) return;
  const message = `The app as it is live has no role ${unknown}. Deploy it with that role first.`;
  throw new AppError("invalid_input", message, { fields: [{ field: "roles", rule: "unknown", message, allowed }] });
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
