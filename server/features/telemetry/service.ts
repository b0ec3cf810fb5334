import { database } from "../../database.ts";
import { type OperationTraffic, operationTrafficOf } from "./figures/operationTraffic.ts";

export { postWebhook, readWebhookUrl } from "./alerts/postWebhook.ts";
export type { OperationTraffic } from "./figures/operationTraffic.ts";
export type { Point } from "./intake/readMetrics.ts";

/** The operations of an environment that were called in the last days (14 are kept), the busiest first. */
export async function operationTraffic(
  environmentId: string,
  { days }: { readonly days: number },
): Promise<readonly OperationTraffic[]> {
  return await operationTrafficOf(database(), environmentId, { days });
}
