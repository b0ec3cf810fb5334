import { sameJson } from "../merge/sameJson.ts";
import type { Model, Relationship, Resource } from "../types.ts";
import { pairUp, relationshipIdentity } from "./identity.ts";
import type { ModelChange, RelationshipOption } from "./ModelChange.ts";

interface Sides {
  readonly before: { readonly resource: Resource; readonly model: Model };
  readonly after: { readonly resource: Resource; readonly model: Model };
  /** What resources and their members are called now, by their old names. */
  readonly nameNow: (resource: string) => string;
  readonly memberNow: (resource: string, member: string) => string;
}

/** What became of the relationships of a resource; the same ones are those in the same columns and join tables. */
export function diffRelationships({ before, after, nameNow, memberNow }: Sides): readonly ModelChange[] {
  const resource = after.resource.name;
  const lists = { before: before.resource.relationships, after: after.resource.relationships };
  const { removed, added, kept } = pairUp(lists, {
    before: (relationship) => relationshipIdentity(relationship, before.model),
    after: (relationship) => relationshipIdentity(relationship, after.model),
  });
  return [
    ...removed.map((relationship) => {
      const path = [before.resource.name, "relationships", relationship.name];
      return { kind: "relationshipRemoved", path, resource, relationship } as const;
    }),
    ...added.map((relationship) => {
      const path = [resource, "relationships", relationship.name];
      return { kind: "relationshipAdded", path, resource, relationship } as const;
    }),
    ...kept.flatMap((pair) => {
      const expected = followed(pair.before, { nameNow, memberNow });
      return diffRelationship(resource, { before: pair.before, expected, after: pair.after });
    }),
  ];
}

/** A relationship whose references follow what was renamed elsewhere: that is no change of its own. */
function followed(
  relationship: Relationship,
  { nameNow, memberNow }: Pick<Sides, "nameNow" | "memberNow">,
): Relationship {
  const target = nameNow(relationship.target);
  switch (relationship.kind) {
    case "belongsTo":
      return { ...relationship, target };
    case "hasOne":
    case "hasMany":
      return { ...relationship, target, via: memberNow(relationship.target, relationship.via) };
    case "manyToMany": {
      const { inverse } = relationship;
      const now = inverse === undefined ? {} : { inverse: memberNow(relationship.target, inverse) };
      const through = relationship.through === undefined ? {} : { through: nameNow(relationship.through) };
      return { ...relationship, target, ...now, ...through };
    }
  }
}

function diffRelationship(
  resource: string,
  {
    before,
    expected,
    after,
  }: { readonly before: Relationship; readonly expected: Relationship; readonly after: Relationship },
): readonly ModelChange[] {
  const path = [resource, "relationships", after.name];
  const options: readonly RelationshipOption[] = [
    "target",
    "via",
    "required",
    "unique",
    "onDelete",
    "owner",
    "through",
    "describe",
    "deprecated",
  ];
  const renamed = { kind: "relationshipRenamed", path, resource, from: before.name, to: after.name } as const;
  return [
    ...(before.name === after.name ? [] : [renamed]),
    ...options
      .filter((option) => !sameJson(optionOf(expected, option), optionOf(after, option)))
      .map(
        (option) =>
          ({ kind: "relationshipChanged", path: [...path, option], resource, option, before, after }) as const,
      ),
  ];
}

function optionOf(relationship: Relationship, option: RelationshipOption): unknown {
  return option in relationship ? Reflect.get(relationship, option) : undefined;
}
