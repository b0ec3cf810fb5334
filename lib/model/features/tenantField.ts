import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { Model, Resource } from "../types.ts";

/**
 * The field of the users' resource that says which tenant somebody belongs to: what keeps its own records apart, else
 * the attribute or belongsTo that is named, or leads, as those of the other resources do. Null where there is none.
 */
export function tenantField(model: Model, users: Resource): string | null {
  const own = users.features?.tenant;
  if (own !== undefined) return fieldOf(users, own);
  for (const { features, attributes, relationships } of model.resources) {
    const name = features?.tenant;
    if (name === undefined) continue;
    if (attributes.some((attribute) => attribute.name === name)) return fieldOf(users, name);
    const target = relationships.find((relationship) => relationship.name === name)?.target;
    if (target === users.name) return users.key.name;
    const links = users.relationships.filter(({ kind, target: to }) => kind === "belongsTo" && to === target);
    const link =
      links.find((relationship) => relationship.name === name) ?? (links.length === 1 ? links[0] : undefined);
    return link ? foreignKeyField(link) : null;
  }
  return null;
}

function fieldOf({ attributes, relationships }: Resource, name: string): string | null {
  if (attributes.some((attribute) => attribute.name === name)) return name;
  const link = relationships.find((relationship) => relationship.name === name && relationship.kind === "belongsTo");
  return link ? foreignKeyField(link) : null;
}
