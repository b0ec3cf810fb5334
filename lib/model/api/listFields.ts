import { storedAttributes } from "../features/storedAttributes.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { Resource } from "../types.ts";

type Listed = Pick<Resource, "api" | "relationships">;

/** What a list can be asked for by its fields. */
export type ListUse = "filterable" | "sortable";

/**
 * Whether lists of a resource can be filtered or sorted by a field, or through a relationship. The name of a belongsTo
 * stands for its key too.
 */
export function isListField(resource: Listed, use: ListUse, name: string): boolean {
  const names = resource.api?.[use];
  if (names === undefined || names.includes(name)) return true;
  return resource.relationships.some(
    (relationship) =>
      relationship.kind === "belongsTo" && foreignKeyField(relationship) === name && names.includes(relationship.name),
  );
}

/** All that lists of a resource could be filtered or sorted by: fields, keys of belongsTo, and relationships. */
export function listNames(resource: Resource): readonly string[] {
  const { relationships, calculations = [], aggregates = [] } = resource;
  return [
    "id",
    ...[...storedAttributes(resource), ...calculations, ...aggregates].map(({ name }) => name),
    ...relationships.flatMap((one) => (one.kind === "belongsTo" ? [one.name, foreignKeyField(one)] : [one.name])),
  ];
}
