import type { Model } from "../../model/types.ts";
import { type ApiChange, apiSeverities } from "./ApiChange.ts";
import { type ApiPair, pairModels } from "./ApiPair.ts";
import { appChanges } from "./appChanges.ts";
import { fieldChanges } from "./fieldChanges.ts";
import { inputChanges } from "./inputChanges.ts";
import { listChanges } from "./listChanges.ts";
import { operationChanges } from "./operationChanges.ts";
import { operationsAbout } from "./operationsOf.ts";
import { processChanges } from "./processChanges.ts";
import { ruleChanges } from "./ruleChanges.ts";
import { valueObjectChanges } from "./valueObjectChanges.ts";

/**
 * What a change of a sound model means for those who call its REST and GraphQL, the breaking ones first. Without a
 * breaking one, every request that the documents of the API before allow is allowed by those after.
 */
export function apiChanges(before: Model, after: Model): readonly ApiChange[] {
  if (before === after) return [];
  const pair = pairModels(before, after);
  const changes = [
    ...resourceChanges(pair),
    ...pair.resources.kept.flatMap((resources) => [
      ...operationChanges(resources),
      ...fieldChanges(pair, resources),
      ...inputChanges(pair, resources),
      ...listChanges(pair, resources),
    ]),
    ...valueObjectChanges(pair),
    ...processChanges(pair),
    ...appChanges(pair),
    ...ruleChanges(pair),
  ];
  return apiSeverities.flatMap((severity) => changes.filter((change) => change.severity === severity));
}

function resourceChanges({ resources: { removed, added } }: ApiPair): readonly ApiChange[] {
  return [
    ...removed.map((resource): ApiChange => {
      const about = { resource: resource.name, action: null, field: null, operations: operationsAbout(resource) };
      const sentence = `${resource.name} is gone with all its operations`;
      return { ...about, kind: "resourceRemoved", severity: "breaking", sentence };
    }),
    ...added.map((resource): ApiChange => {
      const about = { resource: resource.name, action: null, field: null, operations: [] };
      return { ...about, kind: "resourceAdded", severity: "compatible", sentence: `${resource.name} is new` };
    }),
  ];
}
