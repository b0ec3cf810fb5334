export type { CurrentPlan, Entitlements } from "./Entitlements.ts";
export { entitlementsOf } from "./entitlementsOf.ts";
export { environmentHold, projectHold } from "./holds.ts";
export { installationPlan, sellsPlans } from "./installationPlan.ts";
export { planOf } from "./planOf.ts";
export { requireFeature } from "./requireFeature.ts";
export { requirePlan, requireUnheld } from "./requirePlan.ts";
export { requireRoom } from "./requireRoom.ts";
