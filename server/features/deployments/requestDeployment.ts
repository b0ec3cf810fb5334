import { and, desc, eq, inArray, max } from "drizzle-orm";
import { deploymentSteps, deployments } from "#db/schema/deployments.ts";
import type { Strategy } from "#db/schema/rollouts.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database, type Transaction } from "../../database.ts";
import { inngest } from "../../jobs/client.ts";
import { deploymentRequested } from "../../jobs/events.ts";
import { type Environment, findEnvironment } from "../environments/service.ts";
import { requireUnheldEnvironment } from "../plans/service.ts";
import { touchProject } from "../projects/service.ts";
import { branchHead, readCommit } from "../repository/service.ts";
import { concurrencyOf } from "./concurrency.ts";
import type { Deployment } from "./Deployment.ts";
import { stepsOf } from "./deploymentSteps.ts";
import { openStates } from "./openStates.ts";
import { endDeployment, failDeployment } from "./progress.ts";
import { dropCandidate } from "./rollouts/endRollout.ts";
import { runningRollout } from "./rollouts/Rollout.ts";
import { changeServing, withSpecLock } from "./switchOver.ts";

export interface DeploymentRequest {
  readonly projectId: string;
  /** Name of it. */
  readonly environment: string;
  readonly userId: string | null;
  readonly trigger?: Deployment["trigger"];
  /** In full; absent means the newest of the environment's branch. */
  readonly commit?: string;
  /** Absent: as the environment has it. Null: at once. */
  readonly strategy?: Strategy | null;
}

/**
 * Brings a commit to an environment. A commit that is under way there already is not brought twice: its deployment is
 * answered. While another is under way it waits, and takes the place of those that wait where the branch's rule says so.
 */
export async function requestDeployment(given: DeploymentRequest): Promise<Deployment> {
  const db = database();
  const environment = await findEnvironment(db, given.projectId, given.environment);
  await requireUnheldEnvironment(db, environment);
  const commit = await commitOf(environment, given.commit);
  const concurrent = await concurrencyOf(db, environment);
  // Nothing can be said to supersede what does not wait for anybody: the lock decides who was first.
  const { deployment, isFirst, isNew, ousts } = await withSpecLock(environment.id, async (transaction, now) => {
    refuseRemoved(now);
    const open = await openDeployments(transaction, now.id);
    const [newest] = open;
    if (newest?.commit === commit) return { deployment: newest, isFirst: open.length === 1, isNew: false, ousts: null };
    const strategy = given.strategy === undefined ? now.strategy : given.strategy;
    const { userId, trigger = "hand" } = given;
    const values = { environmentId: now.id, commit, branch: now.branch, trigger, strategy, requestedBy: userId };
    const made = await insertDeployment(transaction, values);
    if (concurrent === "queue") return { deployment: made, isFirst: open.length === 0, isNew: true, ousts: null };
    const message = `Release ${made.release} took its place.`;
    const ending = { state: "superseded", code: "conflict", message } as const;
    const waiting = open.filter(({ state }) => state === "queued" || state === "awaiting");
    for (const { id } of waiting) await endDeployment(transaction, id, ending);
    const left = open.filter((each) => !waiting.includes(each));
    const ousts = left.some(({ state }) => state === "trying") ? message : null;
    return { deployment: made, isFirst: left.length === 0, isNew: true, ousts };
  });
  if (isNew) await touchProject(db, given.projectId);
  if (ousts !== null) await oust(environment.id, ousts);
  else if (isFirst && deployment.state === "queued") await start(deployment);
  return deployment;
}

async function commitOf(environment: Environment, wanted: string | undefined): Promise<string> {
  const { projectId, branch } = environment;
  const head = await branchHead(projectId, branch);
  if (!head) throw new AppError("conflict", `The repository has no branch "${branch}" to deploy.`);
  return wanted === undefined ? head.commit : (await readCommit(projectId, wanted)).commit;
}

function refuseRemoved({ name, removingSince }: Environment): void {
  if (removingSince) throw new AppError("conflict", `The environment ${name} is being removed.`);
}

/** Newest first. */
async function openDeployments(db: Transaction, environmentId: string): Promise<readonly Deployment[]> {
  return await db
    .select()
    .from(deployments)
    .where(and(eq(deployments.environmentId, environmentId), inArray(deployments.state, openStates)))
    .orderBy(desc(deployments.release));
}

type NewDeployment = Pick<Deployment, "environmentId" | "commit" | "branch" | "trigger" | "strategy" | "requestedBy">;

/** Under the environment's lock, so nobody else takes the number. */
async function insertDeployment(db: Transaction, given: NewDeployment): Promise<Deployment> {
  const [last] = await db
    .select({ release: max(deployments.release) })
    .from(deployments)
    .where(eq(deployments.environmentId, given.environmentId));
  const [deployment] = await db
    .insert(deployments)
    .values({ ...given, release: (last?.release ?? 0) + 1, state: "queued" })
    .returning();
  if (!deployment) throw new Error("An inserted row was not returned.");
  const steps = stepsOf(given.strategy).map((name, position) => ({
    deploymentId: deployment.id,
    position,
    name,
    state: "waiting" as const,
  }));
  await db.insert(deploymentSteps).values(steps);
  return deployment;
}

/** A release that is tried goes for a newer one; the job that follows begins that one. */
async function oust(environmentId: string, message: string): Promise<void> {
  await changeServing(environmentId, async (db) => {
    const tried = await runningRollout(db, environmentId);
    if (tried) await dropCandidate(db, tried, { state: "superseded", message, userId: null });
  });
}

async function start(deployment: Deployment): Promise<void> {
  try {
    await announce(deployment);
  } catch (cause) {
    const message =
      "The deployment could not be started, because the job engine does not answer. Try again in a moment.";
    await failDeployment(database(), deployment.id, { step: "verify", code: "unavailable", message });
    throw new AppError("unavailable", message, { cause });
  }
}

/** Hands a deployment to the job engine; handed over twice it is still one. */
export async function announce({ id, environmentId }: Pick<Deployment, "id" | "environmentId">): Promise<void> {
  await inngest.send(deploymentRequested.create({ deploymentId: id, environmentId }, { id }));
}

/** Begins the deployment that waits longest, if its turn has come. */
export async function announceNext(environmentId: string): Promise<void> {
  const [next] = await database()
    .select()
    .from(deployments)
    .where(and(eq(deployments.environmentId, environmentId), inArray(deployments.state, openStates)))
    .orderBy(deployments.release)
    .limit(1);
  if (next?.state === "queued") await announce(next);
}
