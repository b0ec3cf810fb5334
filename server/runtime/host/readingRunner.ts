import { AppError } from "#lib/errors/AppError.ts";
import { isRead } from "#lib/plan/isRead.ts";
import type { RunPlan } from "#lib/plan/types.ts";
import type { Bulk } from "../bulk/Bulk.ts";

/** Reads go on; changes are refused with the reason. */
export function readingRunner(run: RunPlan, why: string): RunPlan {
  return async (actor, plan) => (isRead(plan.shape) ? run(actor, plan) : refuse(why));
}

/** The same of changes of many. */
export function readingBulk({ rows }: Bulk, why: string): Bulk {
  return { rows, change: async () => refuse(why), changes: async () => refuse(why) };
}

function refuse(why: string): never {
  throw new AppError("plan_limit", why);
}
