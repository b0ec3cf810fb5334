import type { Model, Relationship, Resource } from "../types.ts";

/** Whether a field that has a value shows it to everyone who sees the record. */
export function isAlwaysShown({ fieldPolicies = [] }: Pick<Resource, "fieldPolicies">, field: string): boolean {
  return !fieldPolicies.some(({ fields, read }) => read !== undefined && fields.includes(field));
}

/**
 * Whether a relationship leads to a record for everyone who sees the one that has it: the record is there, and nobody
 * sees the one who does not see the other.
 */
export function leadsAlways(model: Model, resource: Resource, relationship: Relationship): boolean {
  if (relationship.kind !== "belongsTo" || !relationship.required) return false;
  const target = model.resources.find(({ name }) => name === relationship.target);
  // Of a resource without policies only service keys see records, and these see all.
  const isOpen = (resource.policies ?? []).length === 0 && resource.features?.tenant === undefined;
  return isOpen && target?.features?.softDelete === undefined && isAlwaysShown(resource, relationship.name);
}
