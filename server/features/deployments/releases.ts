import { aliasedTable, and, asc, desc, eq } from "drizzle-orm";
import { deploymentSteps, deployments } from "#db/schema/deployments.ts";
import { releaseSwitches } from "#db/schema/rollouts.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { TestResult } from "#lib/model/testTypes.ts";
import type { Connection } from "../../database.ts";
import type { Environment } from "../environments/service.ts";
import { tellChanges } from "../model/service.ts";
import { readFiles, subjectsOf } from "../repository/service.ts";
import { servedTimes, whyNotBack } from "./serving.ts";

/** Whether anything was ever to be brought to an environment. */
export async function wasDeployed(db: Connection, environmentId: string): Promise<boolean> {
  return (await db.$count(deployments, eq(deployments.environmentId, environmentId))) > 0;
}

const deciders = aliasedTable(users, "deciders");

const shown = {
  id: deployments.id,
  release: deployments.release,
  commit: deployments.commit,
  branch: deployments.branch,
  state: deployments.state,
  trigger: deployments.trigger,
  strategy: deployments.strategy,
  failure: deployments.failure,
  /** Name of the person; null when the account is gone. */
  requestedBy: users.name,
  /** Who let it go on or did not. */
  decidedBy: deciders.name,
  decidedAt: deployments.decidedAt,
  createdAt: deployments.createdAt,
  finishedAt: deployments.finishedAt,
};

/** Of tests that have run; null where none have. */
export interface TestCount {
  readonly passed: number;
  readonly failed: number;
}

/** An environment's deployments, newest first, with what is known of them as releases. */
export async function listDeployments(db: Connection, environment: Environment) {
  const found = await db
    .select({ ...shown, tests: deployments.tests })
    .from(deployments)
    .leftJoin(users, eq(users.id, deployments.requestedBy))
    .leftJoin(deciders, eq(deciders.id, deployments.decidedBy))
    .where(eq(deployments.environmentId, environment.id))
    .orderBy(desc(deployments.release))
    .limit(200);
  const times = await servedTimes(db, environment);
  const messages = await subjectsOf(environment.projectId, [...new Set(found.map(({ commit }) => commit))]);
  return found.map(({ tests, ...deployment }) => ({
    ...deployment,
    /** First line of the commit's message; null when the commit is gone. */
    message: messages.get(deployment.commit) ?? null,
    tests: countOf(tests),
    /** Milliseconds for which it has served, all in all; null when it never has. */
    servedFor: times.get(deployment.release)?.milliseconds ?? null,
    canReturn: whyNotBack({ release: deployment.release, live: environment.release, times }) === null,
  }));
}

/** One deployment of an environment with its steps, its tests and the SQL of its plan. */
export async function getDeployment(db: Connection, environmentId: string, id: string) {
  const [deployment] = await db
    .select({
      ...shown,
      plan: deployments.plan,
      tests: deployments.tests,
      snapshotHash: deployments.snapshotHash,
    })
    .from(deployments)
    .leftJoin(users, eq(users.id, deployments.requestedBy))
    .leftJoin(deciders, eq(deciders.id, deployments.decidedBy))
    .where(by(environmentId, id));
  if (!deployment) throw noDeployment();
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
  return { ...deployment, steps, broughtBack: await broughtBack(db, environmentId, deployment.release) };
}

/** Which release was brought back instead of one that had served, by whom and why; null when none was. */
async function broughtBack(db: Connection, environmentId: string, release: number) {
  const [last] = await db
    .select({
      kind: releaseSwitches.kind,
      release: releaseSwitches.toRelease,
      reason: releaseSwitches.reason,
      by: users.name,
      at: releaseSwitches.createdAt,
    })
    .from(releaseSwitches)
    .leftJoin(users, eq(users.id, releaseSwitches.userId))
    .where(and(eq(releaseSwitches.environmentId, environmentId), eq(releaseSwitches.fromRelease, release)))
    .orderBy(desc(releaseSwitches.id))
    .limit(1);
  if (last?.kind !== "rollback") return null;
  const { kind: _, ...told } = last;
  return told;
}

/** What a deployment changes, in sentences: against what serves while it is open, else against the release before it. */
export async function deploymentChanges(db: Connection, environment: Environment, id: string) {
  const [deployment] = await db.select().from(deployments).where(by(environment.id, id));
  if (!deployment) throw noDeployment();
  const before = await commitBefore(db, environment, deployment.release);
  const [older, newer] = await Promise.all([
    before ? readFiles(environment.projectId, before.commit) : null,
    readFiles(environment.projectId, deployment.commit),
  ]);
  return { against: before?.release ?? null, told: tellChanges(older?.files ?? {}, newer.files) };
}

async function commitBefore(db: Connection, { id, release: live }: Environment, release: number) {
  const all = await db
    .select({ release: deployments.release, commit: deployments.commit, state: deployments.state })
    .from(deployments)
    .where(eq(deployments.environmentId, id))
    .orderBy(desc(deployments.release));
  const served = all.filter(({ state }) => state === "live" || state === "replaced" || state === "rolledBack");
  if (live !== null && live < release) return served.find((each) => each.release === live) ?? null;
  return served.find((each) => each.release < release) ?? null;
}

function countOf(tests: readonly TestResult[] | null): TestCount | null {
  if (!tests) return null;
  const failed = tests.filter(({ state }) => state === "failed").length;
  return { passed: tests.length - failed, failed };
}

function by(environmentId: string, id: string) {
  return and(eq(deployments.id, id), eq(deployments.environmentId, environmentId));
}

function noDeployment(): AppError {
  return new AppError("not_found", "There is no such deployment.");
}
