import { and, eq } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import type { LiveModel } from "#lib/compile/schema/planModelSchema.ts";
import type { Connection } from "../../database.ts";

export type Deployment = typeof deployments.$inferSelect;

/** What a deployment's release asks of the database, and where; null before it is compiled. */
export function modelOfRelease({ snapshot }: Pick<Deployment, "snapshot">): LiveModel | null {
  return snapshot ? { model: snapshot.model, places: snapshot.places ?? [] } : null;
}

/** The same of the release that serves; null when none does. */
export async function liveModel(
  db: Connection,
  { id, release }: { readonly id: string; readonly release: number | null },
): Promise<LiveModel | null> {
  return release === null ? null : modelOfRelease(await deploymentAt(db, id, release));
}

/** The deployment with that release number. */
export async function deploymentAt(db: Connection, environmentId: string, release: number): Promise<Deployment> {
  const [deployment] = await db
    .select()
    .from(deployments)
    .where(and(eq(deployments.environmentId, environmentId), eq(deployments.release, release)));
  if (!deployment) throw new Error(`Environment ${environmentId} has no release ${release}.`);
  return deployment;
}
