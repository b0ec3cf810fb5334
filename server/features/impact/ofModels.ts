import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import { apiChanges } from "#lib/impact/api/apiChanges.ts";
import type { PolicyChanges } from "#lib/impact/policy/PolicyChange.ts";
import { policyChanges } from "#lib/impact/policy/policyChanges.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
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
  const [old, now] = [inOrder(before), inOrder(after)];
  const traffic = environmentId === null ? null : await measured(environmentId);
  return {
    api: joinTraffic(apiChanges(old, now), traffic),
    access: policyChanges(old, now),
    measuredDays: traffic === null ? null : days,
  };
}

/** A model that was kept as JSON has its keys in another order than one that was read: that is no difference. */
function inOrder(model: Model): Model {
  return JSON.parse(canonicalJson(model as unknown as JsonValue)) as Model;
}

async function measured(environmentId: string): Promise<readonly OperationTraffic[] | null> {
  const traffic = await operationTraffic(environmentId, { days });
  // Nothing at all: no runtime has reported of it yet, or nobody calls the app.
  return traffic.length === 0 ? null : traffic;
}
