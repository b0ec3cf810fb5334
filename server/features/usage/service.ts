export { applyLimits } from "./applyLimits.ts";
export { keepUsage } from "./intake/keepUsage.ts";
export { readUsage, usageMetric } from "./intake/readUsage.ts";
export { type MeteredMonth, meteredUsage, usedOf } from "./meteredUsage.ts";
export { monthOf } from "./months.ts";
export { type MonthUsage, usageOf } from "./usageOf.ts";
