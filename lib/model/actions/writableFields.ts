import { foreignKeyField } from "../naming/foreignKeyField.ts";
import { ownsLinks } from "../relationships/ownsLinks.ts";
import type { AttributeKind, Resource } from "../types.ts";

/** Fields that a caller can give a value in a create or an update: attributes, belongsTo and lists of links. */
export function writableFields(resource: Resource, type: "create" | "update"): readonly string[] {
  const attributes = resource.attributes.filter(
    ({ writable, type: { kind } }) =>
      kind !== "sequence" && (writable === undefined || (writable === "writeOnce" && type === "create")),
  );
  const stateless = attributes.filter(({ name }) => type === "create" || name !== resource.states?.attribute);
  const relationships = resource.relationships.filter(
    (relationship) => relationship.kind === "belongsTo" || ownsLinks(relationship),
  );
  return [...stateless, ...relationships].map(({ name }) => name);
}

/** What the database cannot work out: numbers it gives itself, contents it does not hold, texts it never sees. */
const unsettable: readonly AttributeKind[] = ["sequence", "file", "encrypted"];

/** Fields that an action can set itself: attributes and belongsTo. */
export function settableFields(resource: Resource): readonly string[] {
  const attributes = resource.attributes.filter(({ type }) => !unsettable.includes(type.kind));
  const relationships = resource.relationships.filter(({ kind }) => kind === "belongsTo");
  return [...attributes, ...relationships].map(({ name }) => name);
}

/** The name of the field that a name in an action means: the key of a belongsTo means the belongsTo. */
export function meantField(resource: Resource, name: string): string {
  const relationship = resource.relationships.find(
    (candidate) => candidate.kind === "belongsTo" && foreignKeyField(candidate) === name,
  );
  return relationship?.name ?? name;
}
