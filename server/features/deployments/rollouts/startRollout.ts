import { eq } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { rollouts } from "#db/schema/rollouts.ts";
import type { Deployment } from "../Deployment.ts";
import { goLive } from "../goLive.ts";
import { switchedTo } from "../progress.ts";
import { describeSplit } from "../strategy.ts";
import { requireTurn, tellLive, tellRelease, withSpecLock } from "../switchOver.ts";
import { splitOf } from "./Rollout.ts";

/** Gives a release the first of the requests; all of them where there is nothing to compare it with. */
export async function startRollout(deployment: Deployment): Promise<string> {
  const strategy = deployment.strategy?.rollout;
  if (!strategy) throw new Error(`Deployment ${deployment.id} is not rolled out.`);
  return await withSpecLock(deployment.environmentId, async (db, environment) => {
    await requireTurn(db, environment, deployment);
    const baseline = environment.release;
    if (baseline === null) {
      await tellRelease(db, environment, deployment);
      await goLive(db, environment, { deployment, kind: "deploy", userId: deployment.requestedBy });
      return switchedTo(deployment.release);
    }
    const values = { environmentId: environment.id, deploymentId: deployment.id, baseline, strategy };
    const [rollout] = await db
      .insert(rollouts)
      .values({ ...values, state: "running" })
      .returning();
    if (!rollout) throw new Error("An inserted row was not returned.");
    await db.update(deployments).set({ state: "trying" }).where(eq(deployments.id, deployment.id));
    await tellLive(db, environment);
    return givenTo(deployment.release, rollout);
  });
}

/** What the step of a roll-out says while it goes on. */
export function givenTo(release: number, rollout: Parameters<typeof splitOf>[0]): string {
  return `Release ${release} gets ${describeSplit(splitOf(rollout))}.`;
}
