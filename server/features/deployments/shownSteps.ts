import type { PlannedStep } from "#db/schema/deployments.ts";
import type { SchemaPlan } from "#lib/compile/schema/SchemaPlan.ts";
import { wholeSql } from "#lib/compile/schema/wholeSql.ts";

/** What people are shown of a plan. */
export function shownSteps(plan: SchemaPlan): readonly PlannedStep[] {
  return plan.steps.map((step) => {
    const { kind, when, sentence, cost } = step;
    return { kind, when, sentence, sql: wholeSql(step), cost };
  });
}
