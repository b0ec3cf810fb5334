import postgres from "postgres";
import { needsQueue } from "#lib/compile/schema/needsQueue.ts";
import type { LiveModel, ModelPlan } from "#lib/compile/schema/planModelSchema.ts";
import type { SchemaStep } from "#lib/compile/schema/SchemaPlan.ts";
import type { Model } from "#lib/model/types.ts";
import { type OwnerSession, withLock } from "./EnvironmentDatabase.ts";
import { PlanRefusedError } from "./PlanRefusedError.ts";
import { planModel } from "./planModel.ts";
import { finishPlan, makeRecords, startPlan } from "./records.ts";
import { runStep } from "./runStep.ts";

export interface ApplyOptions {
  /** Which of the planned steps to run now; the others are found again by the next plan. */
  readonly only?: (step: SchemaStep) => boolean;
  /** True runs what can be run although something else is refused; for what was begun before and must be ended. */
  readonly despiteRefusals?: boolean;
  /** Asked once nobody else changes the database; true runs nothing. */
  readonly unless?: () => Promise<boolean>;
  /** The release that serves. */
  readonly live?: LiveModel | null;
  /** The release that is brought. */
  readonly release?: number;
}

/**
 * Brings an environment's database to a model. It may be ended anywhere and called again: what is done is seen in the
 * database itself, and the rest is planned anew. Throws PlanRefusedError, having changed nothing, when it cannot be done.
 */
export function applyModelTo(adminUrl: string, model: Model, options: ApplyOptions = {}): Promise<ModelPlan> {
  return withLock(adminUrl, "schema", async (sql) => {
    await makeRecords(sql);
    const { only = () => true, unless, despiteRefusals = false, live = null, release = null } = options;
    const context = { live, retirement: { at: new Date().toISOString(), release } };
    const plan = await planModel(sql, model, context);
    if (plan.refusals.length > 0 && !despiteRefusals) throw new PlanRefusedError(plan.refusals);
    if (needsQueue(model)) await (await import("./queue.ts")).makeQueue(adminUrl);
    const steps = (await unless?.()) ? [] : plan.steps.filter(only);
    if (steps.length > 0) await runSteps(sql, steps, () => planModel(sql, model, context));
    return { ...plan, steps };
  });
}

async function runSteps(
  sql: OwnerSession,
  steps: readonly SchemaStep[],
  planAgain: () => Promise<ModelPlan>,
): Promise<void> {
  const record = await startPlan(sql, steps);
  for (const step of steps) {
    try {
      await runStep(sql, record, step);
    } catch (error) {
      if (isViolation(error)) await explainViolation(sql, record, await planAgain());
      throw error;
    }
  }
  await finishPlan(sql, record);
}

/** Rows that break a new rule came in after the plan had asked for them. */
function isViolation(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code.startsWith("23");
}

async function explainViolation(sql: OwnerSession, record: string, plan: ModelPlan): Promise<void> {
  // A unique index that could not be finished binds the rows of the version that serves.
  for (const step of plan.steps) {
    if (step.kind === "dropIndex" && step.when === "beforeSwitch") await runStep(sql, record, step);
  }
  if (plan.refusals.length > 0) throw new PlanRefusedError(plan.refusals);
}
