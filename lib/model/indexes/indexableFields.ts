import { featureAttributes } from "../features/storedAttributes.ts";
import { canBeUnique } from "../read/optionsOf.ts";
import type { Resource } from "../types.ts";

/** The names that an index may hold: attributes of types that have an order, those of features among them, and belongsTo. */
export function indexableFields({ attributes, relationships, features }: Resource): ReadonlySet<string> {
  return new Set([
    ...attributes.filter(({ type }) => canBeUnique(type.kind)).map(({ name }) => name),
    ...(features ? featureAttributes(features) : []).map(({ name }) => name),
    ...relationships.filter(({ kind }) => kind === "belongsTo").map(({ name }) => name),
  ]);
}
