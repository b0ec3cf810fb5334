import { type Feature, type Limit, type PlanName, plans } from "#lib/plans/plans.ts";

/** Why an organisation is on its plan. */
export type PlanOrigin =
  /** It pays for it. */
  | "subscription"
  /** It tries it out; nothing is paid yet. */
  | "trial"
  /** A payment fails, and there is time left to mend that. */
  | "grace"
  /** It has no subscription: the plan that the installation's operator has chosen. */
  | "installation";

export interface CurrentPlan {
  readonly name: PlanName;
  readonly by: PlanOrigin;
  /** When it ends by itself as far as is known now: of a trial, of the grace, of a subscription that was cancelled. */
  readonly endsAt: Date | null;
}

/** What an organisation has: its plan's limits (null is without one) and features. */
export interface Entitlements {
  readonly plan: CurrentPlan;
  readonly limits: Readonly<Record<Limit, number | null>>;
  readonly features: readonly Feature[];
}

export function entitlementsIn(plan: CurrentPlan): Entitlements {
  const { limits, features } = plans[plan.name];
  return { plan, limits, features };
}
