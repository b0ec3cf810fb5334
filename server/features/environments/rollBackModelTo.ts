import { needsQueue } from "#lib/compile/schema/needsQueue.ts";
import type { LiveModel } from "#lib/compile/schema/planModelSchema.ts";
import { planRollback, type RollbackPlan } from "#lib/compile/schema/planRollback.ts";
import { type OwnerSession, withLock, withOwnerSession } from "./EnvironmentDatabase.ts";
import { introspect } from "./introspect.ts";
import { PlanRefusedError } from "./PlanRefusedError.ts";
import { answer } from "./planModel.ts";
import { finishPlan, makeRecords, startPlan } from "./records.ts";
import { runStep } from "./runStep.ts";

export interface RollbackOptions {
  /** The release that serves now. */
  readonly live?: LiveModel | null;
}

/** What going back to a release means, with all that the rows tell: large tables take their time. */
export function previewRollbackTo(
  adminUrl: string,
  target: LiveModel,
  { live = null }: RollbackOptions = {},
): Promise<RollbackPlan> {
  return withOwnerSession(adminUrl, async (sql) => {
    const actual = await introspect(sql);
    const { questions } = planRollback(actual, target, { live });
    return planRollback(actual, target, { live, answers: await answer(sql, questions) });
  });
}

/**
 * Lets a release that served before read and write again, in no time: mostly nothing has to change, and then nobody who
 * changes the database meanwhile is waited for. Throws PlanRefusedError, having changed nothing, when it cannot be. Once
 * the release serves, `applyModelTo` with all steps and despite refusals brings its own rules back.
 */
export async function rollBackModelTo(
  adminUrl: string,
  target: LiveModel,
  { live = null }: RollbackOptions = {},
): Promise<RollbackPlan> {
  const plan = await withOwnerSession(adminUrl, (sql) => decided(sql, target, live));
  if (plan.steps.length === 0) return plan;
  return withLock(adminUrl, "schema", async (sql) => {
    await makeRecords(sql);
    const { steps, ...rest } = await decided(sql, target, live);
    if (needsQueue(target.model)) await (await import("./queue.ts")).makeQueue(adminUrl);
    const record = await startPlan(sql, steps);
    for (const step of steps) await runStep(sql, record, step);
    await finishPlan(sql, record);
    return { ...rest, steps };
  });
}

async function decided(sql: OwnerSession, target: LiveModel, live: LiveModel | null): Promise<RollbackPlan> {
  const actual = await introspect(sql);
  const { decisive } = planRollback(actual, target, { live });
  const plan = planRollback(actual, target, { live, answers: await answer(sql, decisive) });
  if (plan.refusals.length > 0) throw new PlanRefusedError(plan.refusals);
  return plan;
}
