import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import { restPath } from "#lib/model/naming/restPath.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";

/** The type of a resource in documents: the plural in its path. */
export function typeOf({ resource }: Entity): string {
  return restPath(resource);
}

/** What documents call a field: `type` is taken there, so a field of that name is `dealType`. */
export function memberOf(entity: Entity, field: string): string {
  return field === "type" ? typeMember(entity) : field;
}

/** The field that a member of a document stands for; relationships stand for their foreign keys. */
export function fieldOf(entity: Entity, member: string): string {
  const relationship = entity.relationships.get(member);
  if (relationship?.kind === "belongsTo") return foreignKeyField(relationship);
  return entity.fields.has("type") && member === typeMember(entity) ? "type" : member;
}

function typeMember({ name, fields }: Entity): string {
  let member = `${name.charAt(0).toLowerCase()}${name.slice(1)}Type`;
  while (fields.has(member)) member += "Value";
  return member;
}
