export type { CurrentPlan, Entitlements } from "./Entitlements.ts";
export { entitlementsOf, entitlementsOfAll } from "./entitlementsOf.ts";
export { sellsPlans } from "./installationPlan.ts";
export { daysWithin, keptDays, requireDays } from "./keptDays.ts";
export { graceDays, planOf } from "./planOf.ts";
export { requireFeature } from "./requireFeature.ts";
export { requirePlan, requireUnheld, requireUnheldEnvironment } from "./requirePlan.ts";
export { requireRoom } from "./requireRoom.ts";
