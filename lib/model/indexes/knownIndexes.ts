import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { Resource } from "../types.ts";
import type { OrderField } from "./IndexNeed.ts";

/** The fields of every index that a resource's table has, in their order. Those with conditions serve some lists only. */
export function knownIndexes(resource: Resource): readonly (readonly OrderField[])[] {
  const { attributes, relationships, uniques, indexes } = resource;
  const ascending = (name: string): OrderField => ({ name, descending: false });
  return [
    [ascending("id")],
    ...attributes.filter(({ unique }) => unique).map(({ name }) => [ascending(name)]),
    // Each foreign key has one.
    ...relationships.filter(({ kind }) => kind === "belongsTo").map(({ name }) => [ascending(name)]),
    ...uniques.map((group) => group.map(ascending)),
    ...indexes.map(({ fields }) => fields),
  ];
}

/** The name by which indexes know a field of the API: a belongsTo by its own, not by that of its key. */
export function indexName({ relationships }: Resource, field: string): string {
  const reference = relationships.find((each) => each.kind === "belongsTo" && foreignKeyField(each) === field);
  return reference?.name ?? field;
}
