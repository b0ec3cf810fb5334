import { and, eq } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { rollouts } from "#db/schema/rollouts.ts";
import type { Split } from "#lib/compile/Snapshot.ts";
import type { Connection } from "../../../database.ts";
import type { Deployment } from "../Deployment.ts";

export type Rollout = typeof rollouts.$inferSelect;

/** Which requests its release gets now. */
export function splitOf({ strategy, step }: Pick<Rollout, "strategy" | "step">): Split {
  if (strategy.kind === "split") return strategy.split;
  const percent = strategy.steps[Math.min(step, strategy.steps.length - 1)]?.percent ?? 0;
  return { by: "weight", percent };
}

/** The one that is under way in an environment, with the deployment that is tried. */
export async function runningRollout(
  db: Connection,
  environmentId: string,
): Promise<{ readonly rollout: Rollout; readonly deployment: Deployment } | null> {
  const [found] = await db
    .select({ rollout: rollouts, deployment: deployments })
    .from(rollouts)
    .innerJoin(deployments, eq(deployments.id, rollouts.deploymentId))
    .where(and(eq(rollouts.environmentId, environmentId), eq(rollouts.state, "running")));
  return found ?? null;
}
