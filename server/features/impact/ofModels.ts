import { apiChanges } from "#lib/impact/api/apiChanges.ts";
import type { PolicyChanges } from "#lib/impact/policy/PolicyChange.ts";
import { policyChanges } from "#lib/impact/policy/policyChanges.ts";
import type { Model } from "#lib/model/types.ts";
import { type OperationTraffic, operationTraffic } from "../telemetry/service.ts";
import type { ImpactApiChange } from "./ImpactChange.ts";
import { joinTraffic } from "./joinTraffic.ts";

/** Days that calls are counted of. */
const days = 7;

export interface ModelsImpact {
  readonly api: readonly ImpactApiChange[];
  readonly access: PolicyChanges;
  /** How many days of calls stand behind the figures; null where nothing was measured. */
  readonly measuredDays: number | null;
}

/** What one model in the place of another means for callers and for who may do what; `environmentId` is where it is called. */
export async function impactOfModels(before: Model, after: Model, environmentId: string | null): Promise<ModelsImpact> {
  const traffic = environmentId === null ? null : await measured(environmentId);
  return {
    api: joinTraffic(apiChanges(before, after), traffic),
    access: policyChanges(before, after),
    measuredDays: traffic === null ? null : days,
  };
}

async function measured(environmentId: string): Promise<readonly OperationTraffic[] | null> {
  const traffic = await operationTraffic(environmentId, { days });
  // Nothing at all: no runtime has reported of it yet, or nobody calls the app.
  return traffic.length === 0 ? null : traffic;
}
