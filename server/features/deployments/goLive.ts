import { and, eq, inArray, ne } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import { releaseSwitches } from "#db/schema/rollouts.ts";
import type { Transaction } from "../../database.ts";
import type { Environment } from "../environments/service.ts";
import type { Deployment } from "./Deployment.ts";
import { endOthers, setStep, switchedTo } from "./progress.ts";

export interface Switch {
  readonly deployment: Deployment;
  readonly kind: (typeof releaseSwitches.$inferSelect)["kind"];
  readonly userId: string | null;
  /** In the words of whoever did it. */
  readonly reason?: string | null;
}

/** Notes that a deployment serves from now on, with its last step as done; those before it are over. */
export async function goLive(db: Transaction, environment: Environment, made: Switch): Promise<void> {
  const { deployment, kind, userId, reason = null } = made;
  const { id, environmentId, release } = deployment;
  const fromRelease = environment.release;
  await db.update(environments).set({ release }).where(eq(environments.id, environmentId));
  await db
    .update(deployments)
    .set({ state: fromRelease !== null && fromRelease > release ? "rolledBack" : "replaced" })
    .where(and(eq(deployments.environmentId, environmentId), eq(deployments.state, "live"), ne(deployments.id, id)));
  const message = `Release ${release} went live first.`;
  await endOthers(db, environmentId, { before: release, ending: { state: "failed", code: "conflict", message } });
  await db.insert(releaseSwitches).values({ environmentId, fromRelease, toRelease: release, kind, reason, userId });
  const finishedAt = new Date();
  // A release that comes back ended when it was brought the first time.
  const isBack = kind === "rollback";
  await db
    .update(deployments)
    .set({ state: "live", failure: null, ...(isBack ? {} : { finishedAt }) })
    .where(eq(deployments.id, id));
  if (isBack) return;
  for (const name of ["rollout", "switch"] as const) {
    await setStep(db, { deploymentId: id, name }, { state: "done", detail: switchedTo(release), finishedAt });
  }
}

/** Whether a deployment has not ended in the meantime, as it was read under the lock. */
export async function isUnderWay(db: Transaction, id: string): Promise<boolean> {
  const working = inArray(deployments.state, ["running", "trying"]);
  return (await db.$count(deployments, and(eq(deployments.id, id), working))) > 0;
}
