import { AppError } from "#lib/errors/AppError.ts";
import type { Feature } from "#lib/plans/plans.ts";
import { featureMissing, limitReached } from "#lib/plans/words.ts";
import type { Connection } from "../../database.ts";
import { type Entitlements, entitlementsIn } from "./Entitlements.ts";
import { planOf } from "./planOf.ts";
import { countIn, limitOf, lockRoom, type Room } from "./room.ts";

export type { CurrentPlan, Entitlements } from "./Entitlements.ts";
export { installationPlan, sellsPlans } from "./installationPlan.ts";
export { planOf } from "./planOf.ts";

/** What an organisation has now. */
export async function entitlementsOf(db: Connection, organisationId: string): Promise<Entitlements> {
  return entitlementsIn(await planOf(db, organisationId));
}

/** Throws `plan_limit` where the organisation's plan does not have the feature. */
export async function requireFeature(db: Connection, organisationId: string, feature: Feature): Promise<void> {
  const { plan, features } = await entitlementsOf(db, organisationId);
  if (!features.includes(feature)) throw new AppError("plan_limit", featureMissing(feature, plan.name));
}

/**
 * Throws `plan_limit` where one more does not fit. In a transaction, before the row is added, it is sure: until the end
 * of the transaction nobody else adds one. Members count with those who are invited: mark an invitation as accepted
 * before asking for its member.
 */
export async function requireRoom(db: Connection, organisationId: string, room: Room): Promise<void> {
  const { plan, limits } = await entitlementsOf(db, organisationId);
  const limit = limits[limitOf(room)];
  if (limit === null) return;
  await lockRoom(db, organisationId, room);
  if ((await countIn(db, organisationId, room)) < limit) return;
  throw new AppError("plan_limit", limitReached(limitOf(room), { plan: plan.name, value: limit }));
}
