import { aliasedTable, and, eq, inArray, isNotNull, isNull, lt, notExists, sql } from "drizzle-orm";
import { deploymentSteps, deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import { rollouts } from "#db/schema/rollouts.ts";
import { database } from "../../../database.ts";
import { configuredDriver } from "../../../deploy/configuredDriver.ts";
import { inngest } from "../../../jobs/client.ts";
import { deploymentRequested } from "../../../jobs/events.ts";
import { logDefect } from "../../../log.ts";
import { openStates } from "../openStates.ts";
import { announce } from "../requestDeployment.ts";
import { syncEnvironment } from "../service.ts";
import { announceWatch } from "./watchRollout.ts";

const earlier = aliasedTable(deployments, "earlier");

/** Brings back in step what has drifted: a runtime that lost its state, a deployment whose event was lost. */
export const keepEnvironments = inngest.createFunction(
  {
    id: "keep-environments",
    name: "Keep environments in step",
    retries: 0,
    concurrency: 1,
    triggers: [{ cron: "*/5 * * * *" }],
  },
  async ({ step }) => {
    await step.run("deployments", announceForgotten);
    await step.run("stuck", announceStuck);
    await step.run("roll-outs", announceRollouts);
    await step.run("environments", resync);
  },
);

/** Answers how many deployments wait although it is their turn. */
export async function announceForgotten(): Promise<number> {
  const db = database();
  const behind = db
    .select({ one: sql`1` })
    .from(earlier)
    .where(
      and(
        eq(earlier.environmentId, deployments.environmentId),
        lt(earlier.release, deployments.release),
        inArray(earlier.state, openStates),
      ),
    );
  const forgotten = await db
    .select()
    .from(deployments)
    .where(
      and(
        eq(deployments.state, "queued"),
        lt(deployments.createdAt, sql`now() - interval '1 minute'`),
        notExists(behind),
      ),
    );
  for (const deployment of forgotten) await announce(deployment);
  return forgotten.length;
}

/** A step may take long; one that still goes on only makes the second announcement wait for it. */
const stuckAfter = 15 * 60_000;

/** Takes up deployments whose job has died for good, as of a full disk. Answers how many. */
export async function announceStuck(now = Date.now()): Promise<number> {
  const since = new Date(now - stuckAfter);
  const stuck = await database()
    .select({ id: deployments.id, environmentId: deployments.environmentId })
    .from(deployments)
    .innerJoin(deploymentSteps, eq(deploymentSteps.deploymentId, deployments.id))
    .where(eq(deployments.state, "running"))
    .groupBy(deployments.id)
    .having(
      sql`max(greatest(${deploymentSteps.startedAt}, ${deploymentSteps.finishedAt})) < ${since.toISOString()}::timestamptz`,
    );
  for (const { id, environmentId } of stuck) {
    const data = { deploymentId: id, environmentId };
    await inngest.send(deploymentRequested.create(data, { id: `${id}:${Math.floor(now / stuckAfter)}` }));
  }
  return stuck.length;
}

/** Those that are watched already are not watched twice. */
async function announceRollouts(): Promise<void> {
  const running = await database()
    .select({ deploymentId: rollouts.deploymentId })
    .from(rollouts)
    .where(eq(rollouts.state, "running"));
  for (const { deploymentId } of running) await announceWatch(deploymentId);
}

/** Answers how many environments the runtime had to be told again. */
export async function resync(): Promise<number> {
  const live = await database()
    .select({ id: environments.id, revision: environments.revision })
    .from(environments)
    .where(and(isNotNull(environments.release), isNull(environments.removingSince)));
  let told = 0;
  for (const { id, revision } of live) {
    try {
      const status = await configuredDriver().observe(id);
      if (status?.revision === revision && status.state === "ready") continue;
      await syncEnvironment(id);
      told += 1;
    } catch (error) {
      // One that cannot be mended must not keep the others waiting.
      logDefect("An environment could not be brought in step.", error, { environmentId: id });
    }
  }
  return told;
}
