export { keepUsage } from "./intake/keepUsage.ts";
export { readUsage, usageMetric } from "./intake/readUsage.ts";
export { meteredUsage } from "./meteredUsage.ts";
