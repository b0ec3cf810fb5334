import { AppError } from "#lib/errors/AppError.ts";
import type { Feature } from "#lib/plans/plans.ts";
import { featureMissing } from "#lib/plans/words.ts";
import type { Connection } from "../../database.ts";
import { entitlementsOf } from "./entitlementsOf.ts";

/** Throws `plan_limit` where the organisation's plan does not have the feature. */
export async function requireFeature(db: Connection, organisationId: string, feature: Feature): Promise<void> {
  const { plan, features } = await entitlementsOf(db, organisationId);
  if (!features.includes(feature)) throw new AppError("plan_limit", featureMissing(feature, plan.name));
}
