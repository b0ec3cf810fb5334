import type { PlanName } from "#lib/plans/plans.ts";
import { env } from "../../env.ts";

/**
 * The plan of organisations without a subscription: what `GANTRY_PLAN` says; where it says nothing, Free if this
 * installation sells plans, else Enterprise, so that whoever runs Gantry for themselves has all of it.
 */
export function installationPlan(): PlanName {
  return env().GANTRY_PLAN ?? (sellsPlans() ? "free" : "enterprise");
}

/** Whether plans are paid for here; otherwise the installation's operator sets them. */
export function sellsPlans(): boolean {
  return env().STRIPE_SECRET_KEY !== undefined;
}
