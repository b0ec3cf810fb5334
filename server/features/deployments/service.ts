import { and, asc, desc, eq, max } from "drizzle-orm";
import { deploymentSteps, deployments } from "#db/schema/deployments.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { type Connection, database } from "../../database.ts";
import { env } from "../../env.ts";
import { inngest } from "../../jobs/client.ts";
import { deploymentRequested } from "../../jobs/events.ts";
import { type Environment, findEnvironment } from "../environments/service.ts";
import { touchProject } from "../projects/service.ts";
import { branchHead } from "../repository/service.ts";
import type { Deployment } from "./Deployment.ts";
import { deploymentStepNames } from "./deploymentSteps.ts";
import { failDeployment } from "./progress.ts";
import { tellLive, withSpecLock } from "./switchOver.ts";

export { createApiKey, createTesterKey, listApiKeys, liveModel, liveRoles, revokeApiKey } from "./apiKeys.ts";
export { contract, contractPlan } from "./contract.ts";
export type { Deployment } from "./Deployment.ts";
export { previewDeployment } from "./preview.ts";
export { rotateEncryption } from "./rotateEncryption.ts";
export { tellLive, withSpecLock } from "./switchOver.ts";

/** Where an environment's app is found. */
export function appUrl(environment: Pick<Environment, "label">): string {
  return env().GANTRY_APPS_URL.replaceAll("{app}", environment.label);
}

/** Queues a deployment of the newest commit of the environment's branch behind those that are under way. */
export async function requestDeployment(given: {
  readonly projectId: string;
  readonly environment: string;
  readonly userId: string | null;
}): Promise<Deployment> {
  const db = database();
  const environment = await findEnvironment(db, given.projectId, given.environment);
  const head = await branchHead(given.projectId, environment.branch);
  if (!head) throw new AppError("conflict", `The repository has no branch "${environment.branch}" to deploy.`);
  const deployment = await insertDeployment(db, {
    environmentId: environment.id,
    commit: head.commit,
    requestedBy: given.userId,
  });
  await touchProject(db, given.projectId);
  try {
    await announce(deployment);
  } catch (cause) {
    const message =
      "The deployment could not be started, because the job engine does not answer. Try again in a moment.";
    await failDeployment(db, deployment.id, { step: "verify", code: "unavailable", message });
    throw new AppError("unavailable", message, { cause });
  }
  return deployment;
}

/** Hands a deployment to the job engine; handed over twice it is still one. */
export async function announce({ id, environmentId }: Deployment): Promise<void> {
  await inngest.send(deploymentRequested.create({ deploymentId: id, environmentId }, { id }));
}

async function insertDeployment(
  db: Connection,
  given: Pick<Deployment, "environmentId" | "commit" | "requestedBy">,
): Promise<Deployment> {
  for (;;) {
    const made = await db.transaction(async (transaction) => {
      const [last] = await transaction
        .select({ release: max(deployments.release) })
        .from(deployments)
        .where(eq(deployments.environmentId, given.environmentId));
      const [deployment] = await transaction
        .insert(deployments)
        .values({ ...given, release: (last?.release ?? 0) + 1, state: "queued" })
        .onConflictDoNothing()
        .returning();
      // Someone else took the number.
      if (!deployment) return null;
      const steps = deploymentStepNames.map((name, position) => ({
        deploymentId: deployment.id,
        position,
        name,
        state: "waiting" as const,
      }));
      await transaction.insert(deploymentSteps).values(steps);
      return deployment;
    });
    if (made) return made;
  }
}

const shown = {
  id: deployments.id,
  release: deployments.release,
  commit: deployments.commit,
  state: deployments.state,
  failure: deployments.failure,
  /** Name of the person; null when the account is gone. */
  requestedBy: users.name,
  createdAt: deployments.createdAt,
  finishedAt: deployments.finishedAt,
};

/** An environment's deployments, newest first. */
export async function listDeployments(db: Connection, environmentId: string) {
  return await db
    .select(shown)
    .from(deployments)
    .leftJoin(users, eq(users.id, deployments.requestedBy))
    .where(eq(deployments.environmentId, environmentId))
    .orderBy(desc(deployments.release))
    .limit(200);
}

/** One deployment of an environment with its steps and the SQL of its plan. */
export async function getDeployment(db: Connection, environmentId: string, id: string) {
  const [deployment] = await db
    .select({ ...shown, plan: deployments.plan, snapshotHash: deployments.snapshotHash })
    .from(deployments)
    .leftJoin(users, eq(users.id, deployments.requestedBy))
    .where(and(eq(deployments.id, id), eq(deployments.environmentId, environmentId)));
  if (!deployment) throw new AppError("not_found", "There is no such deployment.");
  const steps = await db
    .select({
      name: deploymentSteps.name,
      state: deploymentSteps.state,
      detail: deploymentSteps.detail,
      startedAt: deploymentSteps.startedAt,
      finishedAt: deploymentSteps.finishedAt,
    })
    .from(deploymentSteps)
    .where(eq(deploymentSteps.deploymentId, id))
    .orderBy(asc(deploymentSteps.position));
  return { ...deployment, steps };
}

/** Tells the runtime again what it should serve; for after anything that the desired state is made of has changed. */
export async function syncEnvironment(environmentId: string): Promise<void> {
  await withSpecLock(environmentId, tellLive);
}
