import type { Model, Relationship, Resource } from "../types.ts";

/** Whether `relationship` of `resource` shows the other end of `stored` of `owner`. */
function isMirror(
  { resource, relationship }: { readonly resource: Resource; readonly relationship: Relationship },
  { owner, stored }: { readonly owner: Resource; readonly stored: Relationship },
): boolean {
  if (relationship.target !== owner.name || stored.target !== resource.name) return false;
  if (stored.kind === "belongsTo") {
    return (relationship.kind === "hasMany" || relationship.kind === "hasOne") && relationship.via === stored.name;
  }
  if (stored.kind !== "manyToMany" || !stored.owner || relationship.kind !== "manyToMany") return false;
  return !relationship.owner && relationship.inverse === stored.name;
}

/** The model with every mirror of a stored relationship replaced, or taken away where `map` gives null. */
export function mapMirrors<T extends Relationship>(
  model: Model,
  at: { readonly owner: Resource; readonly stored: T },
  map: (mirror: Exclude<Relationship, { kind: "belongsTo" }>) => Relationship | null,
): Model {
  const resources = model.resources.map((resource) => {
    if (!resource.relationships.some((relationship) => isMirror({ resource, relationship }, at))) return resource;
    const relationships = resource.relationships.flatMap((relationship) => {
      if (relationship.kind === "belongsTo" || !isMirror({ resource, relationship }, at)) return [relationship];
      const mapped = map(relationship);
      return mapped ? [mapped] : [];
    });
    return { ...resource, relationships };
  });
  return { ...model, resources };
}
