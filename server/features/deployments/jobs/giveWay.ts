import { and, desc, eq, gt } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { database } from "../../../database.ts";
import type { Environment } from "../../environments/service.ts";
import { concurrencyOf } from "../concurrency.ts";
import type { Deployment } from "../Deployment.ts";
import { DeploymentOverError, endDeployment } from "../progress.ts";

/** Before a deployment waits for long: where the rule says so, it ends for a newer one that has come meanwhile. */
export async function giveWay({
  deployment,
  environment,
}: {
  readonly deployment: Deployment;
  readonly environment: Environment;
}): Promise<void> {
  const db = database();
  const [newer] = await db
    .select({ release: deployments.release })
    .from(deployments)
    .where(
      and(
        eq(deployments.environmentId, environment.id),
        eq(deployments.state, "queued"),
        gt(deployments.release, deployment.release),
      ),
    )
    .orderBy(desc(deployments.release))
    .limit(1);
  if (!newer || (await concurrencyOf(db, environment)) === "queue") return;
  const message = `Release ${newer.release} took its place.`;
  await endDeployment(db, deployment.id, { state: "superseded", code: "conflict", message });
  throw new DeploymentOverError();
}
