import { and, eq } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import type { LiveModel } from "#lib/compile/schema/planModelSchema.ts";
import type { SchemaStep } from "#lib/compile/schema/SchemaPlan.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection, Transaction } from "../../database.ts";
import {
  type Environment,
  PlanRefusedError,
  previewRollback as planRollback,
  prepareRollback,
} from "../environments/service.ts";
import { tellChanges } from "../model/service.ts";
import { touchProject } from "../projects/service.ts";
import { readFiles } from "../repository/service.ts";
import { type Deployment, deploymentAt, liveModel, modelOfRelease } from "./Deployment.ts";
import { goLive } from "./goLive.ts";
import { endOthers } from "./progress.ts";
import { dropCandidate } from "./rollouts/endRollout.ts";
import { runningRollout } from "./rollouts/Rollout.ts";
import { servedTimes, whyNotBack } from "./serving.ts";
import { changeServing, NotServedError } from "./switchOver.ts";

export interface RollbackRequest {
  /** The release that is to serve again. */
  readonly release: number;
  readonly userId: string | null;
  readonly reason: string | null;
}

/**
 * Brings back a release that has served before, at once: no row changes, and what is new since then stays where it is.
 * Deployments that are open end, so that none of them undoes it.
 */
export async function rollback(
  db: Connection,
  environment: Environment,
  request: RollbackRequest,
): Promise<Deployment> {
  const { release, userId, reason } = request;
  const target = await requireTarget(db, environment, release);
  await prepare(db, environment, target);
  const left = environment.release;
  try {
    await switchBack(environment, target, { userId, reason });
  } catch (error) {
    if (!(error instanceof NotServedError) || left === null) throw error;
    const again = await deploymentAt(db, environment.id, left);
    const why = `Release ${release} could not be served any more.`;
    await switchBack({ ...environment, release }, again, { userId: null, reason: why });
    throw error;
  }
  await touchProject(db, environment.projectId);
  return target;
}

/** What going back to a release would change, and what stands in the way. */
export async function previewRollback(db: Connection, environment: Environment, release: number) {
  const target = await requireTarget(db, environment, release);
  const options = { live: await liveModel(db, environment) };
  const { steps, afterwards, refusals, notes } = await planRollback(environment.id, placedTarget(target), options);
  const live = environment.release === null ? null : await deploymentAt(db, environment.id, environment.release);
  const [before, after] = await Promise.all([
    live ? readFiles(environment.projectId, live.commit) : null,
    readFiles(environment.projectId, target.commit),
  ]);
  return {
    release,
    commit: target.commit,
    told: tellChanges(before?.files ?? {}, after.files),
    steps: steps.map(shown),
    /** Once it serves. */
    afterwards: afterwards.map(shown),
    refusals: refusals.map(({ sentence }) => sentence),
    /** What rows that came since break of its rules. */
    notes: notes.map(({ sentence }) => sentence),
  };
}

const shown = ({ sentence, sql, cost }: SchemaStep) => ({ sentence, sql, cost });

async function requireTarget(db: Connection, environment: Environment, release: number): Promise<Deployment> {
  const [target] = await db
    .select()
    .from(deployments)
    .where(and(eq(deployments.environmentId, environment.id), eq(deployments.release, release)));
  if (!target) throw new AppError("not_found", `There is no release ${release}.`);
  if (environment.removingSince)
    throw new AppError("conflict", `The environment ${environment.name} is being removed.`);
  const why = whyNotBack({ release, live: environment.release, times: await servedTimes(db, environment) });
  if (why) throw new AppError("conflict", why);
  if (!target.snapshot) throw new AppError("conflict", `Release ${release} is not kept any more.`);
  return target;
}

/** What a release asks of the database, and where it has that. */
function placedTarget({ id, snapshot }: Deployment): LiveModel {
  const target = modelOfRelease({ snapshot });
  if (!target) throw new Error(`Deployment ${id} has no snapshot.`);
  return target;
}

/** Lets the database serve the release again: mostly nothing has to change, and never what takes time. */
async function prepare(db: Connection, environment: Environment, target: Deployment): Promise<void> {
  try {
    await prepareRollback(environment.id, placedTarget(target), { live: await liveModel(db, environment) });
  } catch (error) {
    if (!(error instanceof PlanRefusedError)) throw error;
    const [first] = error.refusals;
    const message = `Release ${target.release} cannot be brought back. ${first?.sentence ?? error.message}`;
    throw new AppError("conflict", message, { cause: error });
  }
}

async function switchBack(
  environment: Environment,
  target: Deployment,
  { userId, reason }: { readonly userId: string | null; readonly reason: string | null },
): Promise<void> {
  await changeServing(environment.id, async (transaction, now) => {
    if (now.release !== environment.release) {
      throw new AppError("conflict", `Release ${now.release} serves in the meantime. Look again, and decide then.`);
    }
    await endOpen(transaction, now, target);
    await goLive(transaction, now, { deployment: target, kind: "rollback", userId, reason });
  });
}

async function endOpen(db: Transaction, { id }: Environment, { release }: Deployment): Promise<void> {
  const message = `Release ${release} was brought back in the meantime.`;
  const tried = await runningRollout(db, id);
  if (tried) await dropCandidate(db, tried, { state: "rolledBack", message, userId: null });
  await endOthers(db, id, { ending: { state: "superseded", code: "conflict", message } });
}
