import { and, eq, inArray, lt } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import { type Connection, database } from "../../../database.ts";
import { branchHead } from "../../repository/service.ts";
import { type DeploymentStepName, stepsOf } from "../deploymentSteps.ts";
import { isOpen, openStates } from "../openStates.ts";
import { failDeployment } from "../progress.ts";

/** The steps that a deployment takes; none when it is over, or ends here because there is nothing to bring or no place for it. */
export async function begin(deploymentId: string): Promise<readonly DeploymentStepName[]> {
  const db = database();
  const [found] = await db
    .select({ deployment: deployments, environment: environments })
    .from(deployments)
    .innerJoin(environments, eq(environments.id, deployments.environmentId))
    .where(eq(deployments.id, deploymentId));
  if (!found || !isOpen(found.deployment.state)) return [];
  const { deployment, environment } = found;
  const branch = deployment.branch ?? environment.branch;
  const end = async (message: string) => {
    await failDeployment(db, deploymentId, { step: "verify", code: "conflict", message });
    return [];
  };
  if (environment.removingSince) return end(`The environment ${environment.name} is being removed.`);
  if (!(await branchHead(environment.projectId, branch))) {
    return end(`The branch ${branch} was deleted before its turn came.`);
  }
  if (await isBehind(db, deployment)) throw new Error("Another deployment has its turn.");
  return stepsOf(deployment.strategy);
}

async function isBehind(db: Connection, { environmentId, release }: typeof deployments.$inferSelect): Promise<boolean> {
  const earlier = and(
    eq(deployments.environmentId, environmentId),
    lt(deployments.release, release),
    inArray(deployments.state, openStates),
  );
  return (await db.$count(deployments, earlier)) > 0;
}
