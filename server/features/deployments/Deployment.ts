import { and, eq } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import type { Connection } from "../../database.ts";

export type Deployment = typeof deployments.$inferSelect;

/** The deployment with that release number. */
export async function deploymentAt(db: Connection, environmentId: string, release: number): Promise<Deployment> {
  const [deployment] = await db
    .select()
    .from(deployments)
    .where(and(eq(deployments.environmentId, environmentId), eq(deployments.release, release)));
  if (!deployment) throw new Error(`Environment ${environmentId} has no release ${release}.`);
  return deployment;
}
