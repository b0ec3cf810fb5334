import { aggregateType } from "#lib/model/expressions/aggregateType.ts";
import { resourceTypes } from "#lib/model/expressions/resourceTypes.ts";
import type { AttributeKind, Model, Resource } from "#lib/model/types.ts";

const tenantKinds: readonly AttributeKind[] = ["text", "email", "url", "phone", "uuid", "integer", "bigint", "choice"];
const textKinds: readonly AttributeKind[] = ["text", "email", "url", "phone", "sequence"];

/** Fields that can say whose a record is; those that are required already come first. */
export function tenantFields({ attributes, relationships }: Resource): readonly string[] {
  const fields = [
    ...relationships.flatMap((one) => (one.kind === "belongsTo" ? [one] : [])),
    ...attributes.filter(({ type }) => tenantKinds.includes(type.kind)),
  ];
  return fields.toSorted((a, b) => Number(b.required) - Number(a.required)).map(({ name }) => name);
}

/** Texts that a search can look in. */
export function searchableFields({ attributes }: Resource): readonly string[] {
  return attributes.filter(({ type }) => textKinds.includes(type.kind)).map(({ name }) => name);
}

/** Fields by which lists can be sorted. */
export function sortableIn(model: Model, { name }: Resource): readonly string[] {
  const members = resourceTypes(model).of(name)?.members;
  return [...(members ?? [])].flatMap(([field, member]) =>
    member.kind === "field" && field !== "id" && aggregateType("min", member.type) ? [field] : [],
  );
}
