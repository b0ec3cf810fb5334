import { and, eq } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { rollouts } from "#db/schema/rollouts.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Transaction } from "../../../database.ts";
import type { Deployment } from "../Deployment.ts";
import { goLive } from "../goLive.ts";
import { endDeployment, setStep } from "../progress.ts";
import { changeServing, withSpecLock } from "../switchOver.ts";
import { type Rollout, runningRollout } from "./Rollout.ts";
import { givenTo } from "./startRollout.ts";

export interface Decision {
  /** Null: its figures decided. */
  readonly userId: string | null;
  /** Public sentence. */
  readonly reason: string | null;
}

interface Tried {
  readonly rollout: Rollout;
  readonly deployment: Deployment;
}

/** Gives a release that is tried all the requests. */
export async function promote(environmentId: string, rolloutId: string, decision: Decision): Promise<Deployment> {
  return await changeServing(environmentId, async (db, environment) => {
    const { rollout, deployment } = await requireRunning(db, environmentId, rolloutId);
    await endRow(db, rollout, { state: "promoted", ...decision });
    await goLive(db, environment, { deployment, kind: "promote", ...decision });
    return deployment;
  });
}

/** Takes a release that is tried off all requests. */
export async function rollBackCandidate(
  environmentId: string,
  rolloutId: string,
  decision: Decision,
): Promise<Deployment> {
  return await changeServing(environmentId, async (db) => {
    const tried = await requireRunning(db, environmentId, rolloutId);
    const message = decision.reason ?? `Release ${tried.deployment.release} was rolled back.`;
    await dropCandidate(db, tried, { ...decision, state: "rolledBack", message });
    return tried.deployment;
  });
}

/** Notes that a release is tried no longer, whatever the reason. The runtime is to be told afterwards. */
export async function dropCandidate(
  db: Transaction,
  { rollout, deployment }: Tried,
  ending: { readonly state: "rolledBack" | "superseded"; readonly message: string; readonly userId: string | null },
): Promise<void> {
  const { state, message, userId } = ending;
  await endRow(db, rollout, { state: "rolledBack", reason: message, userId });
  await endDeployment(db, deployment.id, { state, step: "rollout", code: "conflict", message });
}

/** A canary gets no more of the requests by itself: it stays until somebody decides. */
export async function hold(environmentId: string, rolloutId: string): Promise<void> {
  await withSpecLock(environmentId, async (db) => {
    const { rollout, deployment } = await requireRunning(db, environmentId, rolloutId);
    if (rollout.strategy.kind !== "canary") return;
    const percent = rollout.strategy.steps[rollout.step]?.percent ?? 0;
    const strategy = { kind: "split" as const, split: { by: "weight" as const, percent } };
    await db.update(rollouts).set({ strategy }).where(eq(rollouts.id, rollout.id));
    const detail = `${givenTo(deployment.release, { ...rollout, strategy })} It stays so until somebody decides.`;
    await setStep(db, { deploymentId: deployment.id, name: "rollout" }, { detail });
  });
}

async function endRow(
  db: Transaction,
  { id }: Rollout,
  { state, userId, reason }: Decision & { readonly state: "promoted" | "rolledBack" },
): Promise<void> {
  await db
    .update(rollouts)
    .set({ state, reason, decidedBy: userId, endedAt: new Date() })
    .where(and(eq(rollouts.id, id), eq(rollouts.state, "running")));
}

async function requireRunning(db: Transaction, environmentId: string, rolloutId: string): Promise<Tried> {
  const running = await runningRollout(db, environmentId);
  if (running?.rollout.id === rolloutId) return running;
  const [ended] = await db
    .select({ state: rollouts.state, release: deployments.release })
    .from(rollouts)
    .innerJoin(deployments, eq(deployments.id, rollouts.deploymentId))
    .where(and(eq(rollouts.id, rolloutId), eq(rollouts.environmentId, environmentId)));
  if (!ended) throw new AppError("not_found", "There is no such roll-out.");
  const became = ended.state === "promoted" ? "promoted" : "rolled back";
  throw new AppError("conflict", `Release ${ended.release} was ${became} in the meantime.`);
}
