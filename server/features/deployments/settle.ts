import { and, eq, inArray } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import { database } from "../../database.ts";
import { applyModel } from "../environments/service.ts";
import { deploymentAt, modelOfRelease } from "./Deployment.ts";

/**
 * Once nothing else is to serve: takes away the rules of other releases, which bound the one that serves until then, and
 * brings back its own where it had served before. While another is on its way its rules have to stay, and it settles them
 * itself.
 */
export async function settle(environmentId: string): Promise<void> {
  const db = database();
  const [environment] = await db.select().from(environments).where(eq(environments.id, environmentId));
  if (!environment || environment.release === null || environment.removingSince) return;
  const live = modelOfRelease(await deploymentAt(db, environmentId, environment.release));
  if (!live) return;
  await applyModel(environmentId, live.model, {
    unless: () => isOvertaken(environmentId, environment.release),
    despiteRefusals: true,
    live,
    release: environment.release,
  });
}

async function isOvertaken(environmentId: string, release: number | null): Promise<boolean> {
  const db = database();
  const [now] = await db
    .select({ release: environments.release })
    .from(environments)
    .where(eq(environments.id, environmentId));
  if (now?.release !== release) return true;
  const coming = inArray(deployments.state, ["running", "awaiting", "trying"]);
  return (await db.$count(deployments, and(eq(deployments.environmentId, environmentId), coming))) > 0;
}
