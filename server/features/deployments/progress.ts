import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { deploymentSteps, deployments } from "#db/schema/deployments.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { type Connection, database } from "../../database.ts";
import { logDefect } from "../../log.ts";
import type { DeploymentStepName } from "./deploymentSteps.ts";
import { mayPass, type PublicFailure, publicFailure } from "./failure.ts";
import { openStates, workingStates } from "./openStates.ts";

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
  const isStarted = await startStep(db, deploymentId, name);
  if (!isStarted) {
    // Killed between the end of the last step and reporting it: the step is done.
    if (await hasArrived(db, deploymentId, name)) return;
    throw new DeploymentOverError();
  }
  try {
    const detail = await work();
    // These are done when somebody, or how a release fares, has decided.
    const done = name === "rollout" || name === "approve" ? {} : { state: "done" as const, finishedAt: new Date() };
    await setStep(db, { deploymentId, name }, { detail, ...done });
  } catch (error) {
    if (error instanceof DeploymentOverError) throw error;
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
    .where(and(eq(deployments.id, deploymentId), inArray(deployments.state, workingStates)))
    .returning({ id: deployments.id });
  if (running.length === 0) return false;
  const startedAt = sql`coalesce(${deploymentSteps.startedAt}, now())`;
  await setStep(db, { deploymentId, name }, { state: "running", startedAt });
  return true;
}

async function hasArrived(db: Connection, deploymentId: string, name: DeploymentStepName): Promise<boolean> {
  if (name === "rollout") return isTried(db, deploymentId);
  if (name !== "switch") return false;
  return (await db.$count(deployments, and(eq(deployments.id, deploymentId), eq(deployments.state, "live")))) > 0;
}

/** Whether some of the requests go to it. */
export async function isTried(db: Connection, deploymentId: string): Promise<boolean> {
  return (await db.$count(deployments, and(eq(deployments.id, deploymentId), eq(deployments.state, "trying")))) > 0;
}

/** What is noted of one step of one deployment. */
export async function setStep(
  db: Connection,
  { deploymentId, name }: { readonly deploymentId: string; readonly name: DeploymentStepName },
  values: Parameters<ReturnType<typeof db.update<typeof deploymentSteps>>["set"]>[0],
): Promise<void> {
  await db
    .update(deploymentSteps)
    .set(values)
    .where(and(eq(deploymentSteps.deploymentId, deploymentId), eq(deploymentSteps.name, name)));
}

export interface Ending extends PublicFailure {
  readonly state: "failed" | "superseded" | "rejected" | "rolledBack";
  /** Absent: where it stands. */
  readonly step?: DeploymentStepName;
  readonly decidedBy?: string | null;
}

/** Ends a deployment that is still open, and its step with it; false when it is over. What serves goes on serving. */
export async function endDeployment(db: Connection, id: string, ending: Ending): Promise<boolean> {
  const { state, code, message, decidedBy } = ending;
  const finishedAt = new Date();
  return await db.transaction(async (transaction) => {
    const step = ending.step ?? (await currentStep(transaction, id));
    const decided = decidedBy === undefined ? {} : { decidedBy, decidedAt: finishedAt };
    const ended = await transaction
      .update(deployments)
      .set({ state, failure: { step, code, message }, finishedAt, ...decided })
      .where(and(eq(deployments.id, id), inArray(deployments.state, openStates)))
      .returning({ id: deployments.id });
    if (ended.length === 0) return false;
    await setStep(transaction, { deploymentId: id, name: step }, { state: "failed", detail: message, finishedAt });
    return true;
  });
}

export async function failDeployment(db: Connection, id: string, failure: Omit<Ending, "state">): Promise<void> {
  await endDeployment(db, id, { state: "failed", ...failure });
}

/** Ends what is open in an environment, those before a release only where one is given. Answers their ids. */
export async function endOthers(
  db: Connection,
  environmentId: string,
  { before, ending }: { readonly before?: number; readonly ending: Ending },
): Promise<readonly string[]> {
  const found = await db
    .select({ id: deployments.id })
    .from(deployments)
    .where(
      and(
        eq(deployments.environmentId, environmentId),
        inArray(deployments.state, openStates),
        before === undefined ? undefined : lt(deployments.release, before),
      ),
    )
    .orderBy(deployments.release);
  for (const { id } of found) await endDeployment(db, id, ending);
  return found.map(({ id }) => id);
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
