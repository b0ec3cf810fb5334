import postgres from "postgres";
import type { SchemaPlan, SchemaStep } from "#lib/compile/schema/SchemaPlan.ts";
import type { Model } from "#lib/model/types.ts";
import { type OwnerSession, withLock } from "./EnvironmentDatabase.ts";
import { PlanRefusedError } from "./PlanRefusedError.ts";
import { planModel } from "./planModel.ts";
import { finishPlan, makeRecords, recordRetired, startPlan } from "./records.ts";
import { runStep } from "./runStep.ts";

export interface ApplyOptions {
  /** Which of the planned steps to run now; the others are found again by the next plan. */
  readonly only?: (step: SchemaStep) => boolean;
  /** True runs what can be run although something else is refused; for what was begun before and must be ended. */
  readonly despiteRefusals?: boolean;
}

/**
 * Brings an environment's database to a model. It may be ended anywhere and called again: what is done is seen in the
 * database itself, and the rest is planned anew. Throws PlanRefusedError, having changed nothing, when it cannot be done.
 */
export function applyModelTo(adminUrl: string, model: Model, options: ApplyOptions = {}): Promise<SchemaPlan> {
  return withLock(adminUrl, "schema", async (sql) => {
    await makeRecords(sql);
    const plan = await planModel(sql, model);
    const { only = () => true, despiteRefusals = false } = options;
    if (plan.refusals.length > 0 && !despiteRefusals) throw new PlanRefusedError(plan.refusals);
    const steps = plan.steps.filter(only);
    if (steps.length > 0) await runSteps(sql, model, steps);
    await recordRetired(sql, plan.retired);
    return { ...plan, steps };
  });
}

async function runSteps(sql: OwnerSession, model: Model, steps: readonly SchemaStep[]): Promise<void> {
  const record = await startPlan(sql, steps);
  for (const step of steps) {
    try {
      await runStep(sql, record, step);
    } catch (error) {
      if (isViolation(error)) await explainViolation(sql, model, record);
      throw error;
    }
  }
  await finishPlan(sql, record);
}

/** Rows that break a new rule came in after the plan had asked for them. */
function isViolation(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code.startsWith("23");
}

async function explainViolation(sql: OwnerSession, model: Model, record: string): Promise<void> {
  const plan = await planModel(sql, model);
  // A unique index that could not be finished binds the rows of the version that serves.
  for (const step of plan.steps) {
    if (step.kind === "dropIndex" && step.when === "beforeSwitch") await runStep(sql, record, step);
  }
  if (plan.refusals.length > 0) throw new PlanRefusedError(plan.refusals);
}
