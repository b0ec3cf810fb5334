import { eq } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database, type Transaction } from "../../database.ts";
import { configuredDriver } from "../../deploy/configuredDriver.ts";
import { inngest } from "../../jobs/client.ts";
import { releaseSwitched } from "../../jobs/events.ts";
import { logDefect } from "../../log.ts";
import type { Environment } from "../environments/service.ts";
import { buildSpec } from "./buildSpec.ts";
import { type Deployment, deploymentAt } from "./Deployment.ts";
import { goLive, isUnderWay } from "./goLive.ts";
import { DeploymentOverError } from "./progress.ts";

/** The runtime was told and cannot serve it: telling it again will not help. */
export class NotServedError extends AppError {
  constructor(reason: string | undefined) {
    super("unavailable", reason ?? "The runtime could not serve this release.");
  }
}

/**
 * Does something that ends with a new desired state for the runtime, one at a time for an environment: what the runtime
 * was told last is what the database says. Nothing is kept when the runtime cannot be told.
 */
export async function withSpecLock<Result>(
  environmentId: string,
  work: (db: Transaction, environment: Environment) => Promise<Result>,
): Promise<Result> {
  return await database().transaction(async (transaction) => {
    // Not FOR UPDATE: new deployments and keys refer to this row meanwhile.
    const [environment] = await transaction
      .select()
      .from(environments)
      .where(eq(environments.id, environmentId))
      .for("no key update");
    if (!environment) throw new AppError("not_found", "This environment is not there any more.");
    return await work(transaction, environment);
  });
}

/** Tells the runtime to serve a deployment for the first time, and notes it as live once it does. */
export async function switchOver(deployment: Deployment): Promise<void> {
  await withSpecLock(deployment.environmentId, async (db, environment) => {
    await requireTurn(db, environment, deployment);
    await tellRelease(db, environment, deployment);
    await goLive(db, environment, { deployment, kind: "deploy", userId: deployment.requestedBy });
  });
}

/** That nothing has come in between since the deployment began. */
export async function requireTurn(db: Transaction, environment: Environment, deployment: Deployment): Promise<void> {
  if (environment.release !== null && environment.release > deployment.release) {
    throw new AppError("conflict", `Release ${environment.release} went live first.`);
  }
  if (!(await isUnderWay(db, deployment.id))) throw new DeploymentOverError();
}

/**
 * Changes what is to serve among what the runtime has served before. The change stands first and the runtime follows:
 * should the process die in between, or the runtime not answer, a job goes on.
 */
export async function changeServing<Result>(
  environmentId: string,
  work: (db: Transaction, environment: Environment) => Promise<Result>,
): Promise<Result> {
  const result = await withSpecLock(environmentId, async (db, environment) => {
    const done = await work(db, environment);
    // What the runtime was told last is old from here on.
    await db
      .update(environments)
      .set({ revision: environment.revision + 1 })
      .where(eq(environments.id, environmentId));
    // The job waits for this lock, so it sees the change or, when this dies, none.
    await announceSwitch(environmentId);
    return done;
  });
  try {
    await withSpecLock(environmentId, tellLive);
  } catch (cause) {
    if (cause instanceof NotServedError) throw cause;
    const message = "It is decided, but the runtime does not answer. It is told again as soon as it does.";
    throw new AppError("unavailable", message, { cause });
  }
  return result;
}

const patience = 500;

/** A job engine that does not answer holds nobody up: what has drifted is looked for all the time. */
async function announceSwitch(environmentId: string): Promise<void> {
  const sent = inngest.send(releaseSwitched.create({ environmentId })).catch((error: unknown) => {
    logDefect("What follows a switch could not be announced.", error, { environmentId });
  });
  const timer = Promise.withResolvers<void>();
  const timeout = setTimeout(timer.resolve, patience);
  await Promise.race([sent, timer.promise]);
  clearTimeout(timeout);
}

/** Tells the runtime the desired state of what is live; nothing when nothing is. */
export async function tellLive(db: Transaction, environment: Environment): Promise<void> {
  // A runtime that has let go of it must not take it up again.
  if (environment.release === null || environment.removingSince) return;
  await tellRelease(db, environment, await deploymentAt(db, environment.id, environment.release));
}

/** Tells the runtime to serve a deployment alone or, while a roll-out goes on, beside the one that is tried. */
export async function tellRelease(db: Transaction, environment: Environment, deployment: Deployment): Promise<void> {
  const revision = environment.revision + 1;
  await db.update(environments).set({ revision }).where(eq(environments.id, environment.id));
  const status = await configuredDriver().apply(await buildSpec(db, { ...environment, revision }, deployment));
  if (status.state === "failed") throw new NotServedError(status.reason);
}
