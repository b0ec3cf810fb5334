import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "#db/schema/apiKeys.ts";
import { environmentHolds } from "#db/schema/usage.ts";
import type { ApiKeySpec, EnvironmentSpec, HeldSpec, RolloutSpec } from "#lib/compile/Snapshot.ts";
import type { Connection } from "../../database.ts";
import { unseal } from "../../secrets/seal.ts";
import { type Environment, encryptionOf, outboundSettings } from "../environments/service.ts";
import { servedSnapshot } from "./compileSnapshot.ts";
import type { Deployment } from "./Deployment.ts";
import { runningRollout, splitOf } from "./rollouts/Rollout.ts";

/** The desired state of an environment at one deployment, with keys and settings as they are now. Holds secrets. */
export async function buildSpec(
  db: Connection,
  environment: Environment,
  deployment: Deployment,
): Promise<EnvironmentSpec> {
  if (!deployment.snapshot) throw new Error(`Deployment ${deployment.id} has no snapshot.`);
  if (!environment.databaseUrlSealed) throw new Error(`Environment ${environment.id} has no database.`);
  const encryption = encryptionOf(environment);
  const rollout = await rolloutSpec(db, environment.id);
  const held = await heldBack(db, environment.id);
  return {
    id: environment.id,
    label: environment.label,
    revision: environment.revision,
    release: deployment.release,
    commit: deployment.commit,
    snapshot: servedSnapshot(deployment.snapshot),
    databaseUrl: unseal(environment.databaseUrlSealed),
    apiKeys: await validKeys(db, environment.id),
    ...(encryption && { encryption }),
    ...(await outboundSettings(db, environment)),
    ...(held && { held }),
    ...(rollout && { rollout }),
  };
}

/** What the organisation's plan holds back (server/features/usage). */
async function heldBack(db: Connection, environmentId: string): Promise<HeldSpec | null> {
  const [held] = await db.select().from(environmentHolds).where(eq(environmentHolds.environmentId, environmentId));
  if (!held) return null;
  const { writes, processes } = held;
  return { ...(writes !== null && { writes }), ...(processes !== null && { processes }) };
}

async function rolloutSpec(db: Connection, environmentId: string): Promise<RolloutSpec | null> {
  const running = await runningRollout(db, environmentId);
  if (!running) return null;
  const { rollout, deployment } = running;
  const { release, commit, snapshot } = deployment;
  if (!snapshot) throw new Error(`Deployment ${deployment.id} has no snapshot.`);
  return { candidate: { release, commit, snapshot: servedSnapshot(snapshot) }, split: splitOf(rollout) };
}

async function validKeys(db: Connection, environmentId: string): Promise<readonly ApiKeySpec[]> {
  const keys = await db
    .select({
      id: apiKeys.id,
      hash: apiKeys.hash,
      expiresAt: apiKeys.expiresAt,
      roles: apiKeys.roles,
      actAs: apiKeys.actAs,
    })
    .from(apiKeys)
    .where(and(eq(apiKeys.environmentId, environmentId), isNull(apiKeys.revokedAt)))
    .orderBy(apiKeys.id);
  return keys.map(({ roles, actAs, expiresAt, ...key }) => ({
    ...key,
    expiresAt: expiresAt?.toISOString() ?? null,
    ...(roles && { roles }),
    ...(actAs && { actAs }),
  }));
}
