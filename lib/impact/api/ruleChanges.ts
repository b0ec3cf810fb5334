import type { BehaviourSection } from "../../model/diff/BehaviourChange.ts";
import { describeChange } from "../../model/diff/describeChange.ts";
import { diffModels } from "../../model/diff/diffModels.ts";
import type { ModelChange } from "../../model/diff/ModelChange.ts";
import type { ApiChange } from "./ApiChange.ts";
import type { ApiPair } from "./ApiPair.ts";
import { changesOf } from "./operationsOf.ts";

/** Rules by which requests are refused that have the right shape. */
const ruling: ReadonlySet<BehaviourSection> = new Set(["validations", "states", "actions", "conditionalUniques"]);

/** What became of the rules that are asked of what a request would make of the records. */
export function ruleChanges(pair: ApiPair): readonly ApiChange[] {
  return diffModels(pair.before, pair.after).flatMap((change): readonly ApiChange[] => {
    const name = ruledResource(change);
    if (name === null) return [];
    const resources = pair.resources.kept.find(({ after }) => after.name === name);
    // A resource that is new has no callers yet.
    if (!resources) return [];
    const operations = changesOf(resources.before);
    if (operations.length === 0) return [];
    const about = { resource: resources.before.name, action: null, field: null, operations };
    return [{ ...about, kind: "ruleChanged", severity: "risky", sentence: describeChange(change) }];
  });
}

function ruledResource(change: ModelChange): string | null {
  if (change.kind === "uniqueAdded") return change.resource;
  if (change.kind === "attributeChanged" && change.option === "unique" && change.after.unique) return change.resource;
  if ("section" in change && change.kind !== "behaviourRemoved" && ruling.has(change.section)) return change.resource;
  return null;
}
