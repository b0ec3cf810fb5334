import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { Resource } from "../types.ts";

/** The groups of fields by which one record can be found: a key that callers give, unique fields, unique groups. */
export function identities(resource: Resource): readonly (readonly string[])[] {
  const { key, attributes, relationships, uniques } = resource;
  const fieldOf = (name: string) => {
    const relationship = relationships.find((candidate) => candidate.name === name);
    return relationship?.kind === "belongsTo" ? foreignKeyField(relationship) : name;
  };
  const singles = [
    ...(key.default?.kind === "generated" ? [] : ["id"]),
    ...attributes.filter(({ unique }) => unique).map(({ name }) => name),
    ...relationships.flatMap((one) => (one.kind === "belongsTo" && one.unique ? [foreignKeyField(one)] : [])),
  ];
  return [...singles.map((name) => [name]), ...uniques.map((group) => group.map(fieldOf))];
}
