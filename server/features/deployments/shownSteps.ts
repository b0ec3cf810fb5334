import type { PlannedStep } from "#db/schema/deployments.ts";
import type { SchemaPlan } from "#lib/compile/schema/SchemaPlan.ts";

/** What people are shown of a plan. */
export function shownSteps(plan: SchemaPlan): readonly PlannedStep[] {
  return plan.steps.map(({ kind, when, sentence, sql, cost }) => ({ kind, when, sentence, sql, cost }));
}
