import { and, eq } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { type CanaryStrategy, rollouts } from "#db/schema/rollouts.ts";
import type { OneReleaseFigures } from "#lib/compile/Snapshot.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database } from "../../../database.ts";
import { configuredDriver } from "../../../deploy/configuredDriver.ts";
import type { Deployment } from "../Deployment.ts";
import { setStep } from "../progress.ts";
import { tellLive, withSpecLock } from "../switchOver.ts";
import { promote, rollBackCandidate } from "./endRollout.ts";
import { type Fare, fareOf } from "./Fare.ts";
import { judge } from "./judge.ts";
import { type Rollout, runningRollout } from "./Rollout.ts";
import { givenTo } from "./startRollout.ts";

interface Canary {
  readonly rollout: Rollout;
  readonly deployment: Deployment;
  readonly strategy: CanaryStrategy;
}

/** A step is looked at about so often. */
const looksPerStep = 20;
const shortestRest = 2;
const longestRest = 300;

/**
 * Looks how a canary fares and does what follows: takes it back, gives it more, promotes it. Answers after how many
 * seconds to look again; null when there is nothing to decide any more.
 */
export async function look(rolloutId: string): Promise<number | null> {
  const canary = await findCanary(rolloutId);
  if (!canary) return null;
  const { rollout, deployment, strategy } = canary;
  const step = strategy.steps[rollout.step];
  if (!step) throw new Error(`Roll-out ${rolloutId} has no step ${rollout.step}.`);
  const figures = await lookAt(canary);
  const verdict = judge(strategy.limits, fareIn(figures, deployment.release), fareIn(figures, rollout.baseline));
  const decision = { userId: null, reason: null };
  if (verdict.kind === "badly") {
    await unlessOver(rollBackCandidate(rollout.environmentId, rollout.id, { ...decision, reason: verdict.sentence }));
    return null;
  }
  const left = rollout.stepStartedAt.getTime() + step.minutes * 60_000 - Date.now();
  if (left > 0 || verdict.kind === "unknown") return restOf(step.minutes, left);
  if (rollout.step + 1 < strategy.steps.length) {
    await goOn(canary);
    return restOf(strategy.steps[rollout.step + 1]?.minutes ?? 0, Number.POSITIVE_INFINITY);
  }
  const reason = `It fared well with ${strategy.steps.length === 1 ? "its step" : `all ${strategy.steps.length} steps`}.`;
  await unlessOver(promote(rollout.environmentId, rollout.id, { ...decision, reason }));
  return null;
}

async function findCanary(rolloutId: string): Promise<Canary | null> {
  const [found] = await database()
    .select({ rollout: rollouts, deployment: deployments })
    .from(rollouts)
    .innerJoin(deployments, eq(deployments.id, rollouts.deploymentId))
    .where(and(eq(rollouts.id, rolloutId), eq(rollouts.state, "running")));
  const strategy = found?.rollout.strategy;
  return found && strategy?.kind === "canary" ? { ...found, strategy } : null;
}

function restOf(minutes: number, left: number): number {
  const rest = Math.min(Math.max((minutes * 60) / looksPerStep, shortestRest), longestRest);
  return left > 0 ? Math.min(rest, Math.max(Math.ceil(left / 1000), 1)) : rest;
}

/** What the runtime has counted since the step began; it is told again what to do when it does not try the release. */
async function lookAt({ rollout, deployment }: Canary): Promise<readonly OneReleaseFigures[]> {
  const driver = configuredDriver();
  const figures = (await driver.figures(rollout.environmentId))?.releases ?? [];
  if (!figures.some(({ release }) => release === deployment.release)) {
    const status = await driver.observe(rollout.environmentId);
    if (status?.candidate !== deployment.release) await withSpecLock(rollout.environmentId, tellLive);
    return [];
  }
  await database().update(rollouts).set({ figures }).where(eq(rollouts.id, rollout.id));
  return figures;
}

function fareIn(figures: readonly OneReleaseFigures[], wanted: number): Fare | null {
  const found = figures.find(({ release }) => release === wanted);
  return found ? fareOf(found) : null;
}

/** The next step: more of the requests, counted anew. */
async function goOn({ rollout, deployment }: Canary): Promise<void> {
  await withSpecLock(rollout.environmentId, async (db, environment) => {
    const running = await runningRollout(db, environment.id);
    if (running?.rollout.id !== rollout.id || running.rollout.step !== rollout.step) return;
    // Somebody may have decided that it gets no more.
    if (running.rollout.strategy.kind !== "canary") return;
    const step = rollout.step + 1;
    await db
      .update(rollouts)
      .set({ step, stepStartedAt: new Date(), figures: null })
      .where(eq(rollouts.id, rollout.id));
    const detail = givenTo(deployment.release, { ...rollout, step });
    await setStep(db, { deploymentId: deployment.id, name: "rollout" }, { detail });
    await tellLive(db, environment);
  });
}

/** Somebody may have decided first. */
async function unlessOver(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
  }
}
