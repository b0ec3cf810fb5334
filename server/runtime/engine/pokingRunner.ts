import { isRead } from "#lib/plan/isRead.ts";
import type { RunPlan } from "#lib/plan/types.ts";
import type { Bulk } from "../bulk/Bulk.ts";

/** Says after each change that there may be something to do. */
export function pokingRunner(run: RunPlan, poke: () => void): RunPlan {
  return (actor, plan) => (isRead(plan.shape) ? run(actor, plan) : told(run(actor, plan), poke));
}

/** The same of changes of many. */
export function pokingBulk(bulk: Bulk, poke: () => void): Bulk {
  return {
    rows: bulk.rows,
    change: (work, options) => told(bulk.change(work, options), poke),
    changes: (work) =>
      told(
        bulk.changes((change) => work((one) => told(change(one), poke))),
        poke,
      ),
  };
}

async function told<Result>(change: Promise<Result>, poke: () => void): Promise<Result> {
  const result = await change;
  poke();
  return result;
}
