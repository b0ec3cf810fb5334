import { pairValueObjects, valueObjectNames } from "../../model/diff/diffValueObjects.ts";
import { type Pairing, pairUp } from "../../model/diff/identity.ts";
import type { Model, Resource, ValueObject } from "../../model/types.ts";

/** Two models, and which of their parts are the same. */
export interface ApiPair {
  readonly before: Model;
  readonly after: Model;
  readonly resources: Pairing<Resource>;
  readonly valueObjects: Pairing<ValueObject>;
  /** What a resource is called now, by its old name. */
  readonly nameNow: (resource: string) => string;
  readonly valueObjectNow: (valueObject: string) => string;
}

/** One resource in both models. */
export interface ResourcePair {
  readonly before: Resource;
  readonly after: Resource;
}

export function pairModels(before: Model, after: Model): ApiPair {
  const table = ({ table: name }: Resource) => name;
  const resources = pairUp({ before: before.resources, after: after.resources }, { before: table, after: table });
  const valueObjects = pairValueObjects(before, after);
  const names = new Map(resources.kept.map((pair) => [pair.before.name, pair.after.name]));
  return {
    before,
    after,
    resources,
    valueObjects,
    nameNow: (name) => names.get(name) ?? name,
    valueObjectNow: valueObjectNames(valueObjects),
  };
}
