import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { deploymentSteps, deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { type Connection, database, type Transaction } from "../../database.ts";
import { logDefect } from "../../log.ts";
import type { Deployment } from "./Deployment.ts";
import type { DeploymentStepName } from "./deploymentSteps.ts";
import { mayPass, type PublicFailure, publicFailure } from "./failure.ts";

/** Deployments that are not over. */
const open = ["queued", "running"] as const;

/** Thrown inside a deployment that has ended already; nothing more is to be noted. */
export class DeploymentOverError extends Error {
  override readonly name = "DeploymentOverError";
}

/**
 * Does one step's work and notes it where the screen sees it. `work` answers a public sentence. What cannot pass, or
 * happens at the last try, ends the deployment; before that the step says that it is tried again.
 */
export async function trackStep(
  deploymentId: string,
  name: DeploymentStepName,
  { isLastTry, work }: { readonly isLastTry: boolean; readonly work: () => Promise<string> },
): Promise<void> {
  const db = database();
  const isOpen = await startStep(db, deploymentId, name);
  if (!isOpen) {
    // Killed between going live and reporting it: the step is done.
    if (name === "switch" && (await isLive(db, deploymentId))) return;
    throw new DeploymentOverError();
  }
  try {
    const detail = await work();
    await setStep(db, { deploymentId, name }, { state: "done", detail, finishedAt: new Date() });
  } catch (error) {
    const failure = publicFailure(error);
    if (!(error instanceof AppError) || error.cause !== undefined) {
      logDefect("A step of a deployment failed.", error, { deploymentId, step: name });
    }
    if (isLastTry || !mayPass(error)) await failDeployment(db, deploymentId, { step: name, ...failure });
    else await setStep(db, { deploymentId, name }, { detail: `${failure.message} Trying again.` });
    throw error;
  }
}

async function startStep(db: Connection, deploymentId: string, name: DeploymentStepName): Promise<boolean> {
  const running = await db
    .update(deployments)
    .set({ state: "running" })
    .where(and(eq(deployments.id, deploymentId), inArray(deployments.state, open)))
    .returning({ id: deployments.id });
  if (running.length === 0) return false;
  const startedAt = sql`coalesce(${deploymentSteps.startedAt}, now())`;
  await setStep(db, { deploymentId, name }, { state: "running", startedAt });
  return true;
}

async function isLive(db: Connection, deploymentId: string): Promise<boolean> {
  return (await db.$count(deployments, and(eq(deployments.id, deploymentId), eq(deployments.state, "live")))) > 0;
}

async function setStep(
  db: Connection,
  { deploymentId, name }: { readonly deploymentId: string; readonly name: DeploymentStepName },
  values: Parameters<ReturnType<typeof db.update<typeof deploymentSteps>>["set"]>[0],
): Promise<void> {
  await db
    .update(deploymentSteps)
    .set(values)
    .where(and(eq(deploymentSteps.deploymentId, deploymentId), eq(deploymentSteps.name, name)));
}

/** Ends a deployment that is still open, and its step with it. What serves goes on serving. */
export async function failDeployment(
  db: Connection,
  id: string,
  failure: PublicFailure & { readonly step: DeploymentStepName },
): Promise<void> {
  const { step, code, message } = failure;
  const finishedAt = new Date();
  await db.transaction(async (transaction) => {
    const failed = await transaction
      .update(deployments)
      .set({ state: "failed", failure: { step, code, message }, finishedAt })
      .where(and(eq(deployments.id, id), inArray(deployments.state, open)))
      .returning({ id: deployments.id });
    if (failed.length === 0) return;
    await setStep(transaction, { deploymentId: id, name: step }, { state: "failed", detail: message, finishedAt });
  });
}

/** What the last step says once it is done. */
export function switchedTo(release: number): string {
  return `Release ${release} answers every new request.`;
}

/** The step at which an open deployment stands. */
export async function currentStep(db: Connection, deploymentId: string): Promise<DeploymentStepName> {
  const [step] = await db
    .select({ name: deploymentSteps.name })
    .from(deploymentSteps)
    .where(and(eq(deploymentSteps.deploymentId, deploymentId), inArray(deploymentSteps.state, ["waiting", "running"])))
    .orderBy(deploymentSteps.position)
    .limit(1);
  return (step?.name as DeploymentStepName | undefined) ?? "switch";
}

/** Notes that a deployment serves, and its last step as done: those before it are over. */
export async function goLive(db: Transaction, deployment: Deployment): Promise<void> {
  const { id, environmentId, release } = deployment;
  const finishedAt = new Date();
  await db.update(environments).set({ release }).where(eq(environments.id, environmentId));
  const earlier = and(eq(deployments.environmentId, environmentId), lt(deployments.release, release));
  await db
    .update(deployments)
    .set({ state: "replaced" })
    .where(and(earlier, eq(deployments.state, "live")));
  const overtaken = await db
    .select({ id: deployments.id })
    .from(deployments)
    .where(and(earlier, inArray(deployments.state, open)));
  for (const other of overtaken) {
    const message = `Release ${release} went live first.`;
    await failDeployment(db, other.id, { step: await currentStep(db, other.id), code: "conflict", message });
  }
  await db.update(deployments).set({ state: "live", finishedAt }).where(eq(deployments.id, id));
  await setStep(db, { deploymentId: id, name: "switch" }, { state: "done", detail: switchedTo(release), finishedAt });
}
