import { eq } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { rollouts } from "#db/schema/rollouts.ts";
import { users } from "#db/schema/users.ts";
import type { OneReleaseFigures } from "#lib/compile/Snapshot.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../../database.ts";
import { configuredDriver } from "../../../deploy/configuredDriver.ts";
import { describeSplit } from "../strategy.ts";
import { type Fare, fareOf } from "./Fare.ts";
import { type Rollout, splitOf } from "./Rollout.ts";

/** A deployment's roll-out with the figures of both releases side by side; null when it has none. */
export async function shownRollout(db: Connection, environmentId: string, deploymentId: string) {
  const [found] = await db
    .select({
      rollout: rollouts,
      release: deployments.release,
      owner: deployments.environmentId,
      decidedBy: users.name,
    })
    .from(rollouts)
    .innerJoin(deployments, eq(deployments.id, rollouts.deploymentId))
    .leftJoin(users, eq(users.id, rollouts.decidedBy))
    .where(eq(rollouts.deploymentId, deploymentId));
  if (!found || found.owner !== environmentId) return null;
  const { rollout, release, decidedBy } = found;
  const { id, baseline, strategy, state, step, stepStartedAt, reason, createdAt, endedAt } = rollout;
  const { figures, isReached } = await figuresOf(rollout);
  const split = splitOf(rollout);
  return {
    id,
    state,
    baseline,
    candidate: release,
    strategy,
    split,
    /** Which requests the candidate gets, in words. */
    given: describeSplit(split),
    step,
    stepStartedAt,
    reason,
    /** Null: its figures decided, or nobody yet. */
    decidedBy,
    createdAt,
    endedAt,
    /** Counted since the step began; null where nothing was counted yet. */
    figures: { baseline: fareIn(figures, baseline), candidate: fareIn(figures, release) },
    /** False while the runtime does not answer: the figures are of earlier. */
    isReached,
  };
}

async function figuresOf(
  rollout: Rollout,
): Promise<{ readonly figures: readonly OneReleaseFigures[]; readonly isReached: boolean }> {
  const kept = rollout.figures ?? [];
  if (rollout.state !== "running") return { figures: kept, isReached: true };
  try {
    const now = await configuredDriver().figures(rollout.environmentId);
    return { figures: now?.releases ?? kept, isReached: true };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { figures: kept, isReached: false };
  }
}

function fareIn(figures: readonly OneReleaseFigures[], release: number): Fare | null {
  const found = figures.find((each) => each.release === release);
  return found ? fareOf(found) : null;
}
