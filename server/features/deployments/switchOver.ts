import { eq } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database, type Transaction } from "../../database.ts";
import { configuredDriver } from "../../deploy/configuredDriver.ts";
import type { Environment } from "../environments/service.ts";
import { buildSpec } from "./buildSpec.ts";
import { type Deployment, deploymentAt } from "./Deployment.ts";
import { goLive } from "./progress.ts";

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

/** Tells the runtime to serve a deployment, and notes it as live once it does. */
export async function switchOver(deployment: Deployment): Promise<void> {
  await withSpecLock(deployment.environmentId, async (db, environment) => {
    if (environment.release !== null && environment.release > deployment.release) {
      throw new AppError("conflict", `Release ${environment.release} went live first.`);
    }
    await tell(db, environment, deployment);
    await goLive(db, deployment);
  });
}

/** Tells the runtime the desired state of what is live; nothing when nothing is. */
export async function tellLive(db: Transaction, environment: Environment): Promise<void> {
  if (environment.release === null) return;
  await tell(db, environment, await deploymentAt(db, environment.id, environment.release));
}

async function tell(db: Transaction, environment: Environment, deployment: Deployment): Promise<void> {
  const revision = environment.revision + 1;
  await db.update(environments).set({ revision }).where(eq(environments.id, environment.id));
  const status = await configuredDriver().apply(await buildSpec(db, { ...environment, revision }, deployment));
  if (status.state === "failed") {
    throw new AppError("unavailable", status.reason ?? "The runtime could not serve this release.");
  }
}
