import type { Model, Resource } from "../types.ts";

const byName = new WeakMap<Model, ReadonlyMap<string, Resource>>();

/** The resource of a name; null when there is none. */
export function resourceNamed(model: Model, name: string): Resource | null {
  let names = byName.get(model);
  if (!names) {
    names = new Map(model.resources.map((resource) => [resource.name, resource]));
    byName.set(model, names);
  }
  return names.get(name) ?? null;
}

/** The resource that a path of relationships leads to; null when one of them is not there. */
export function resourceAlong(model: Model, from: Resource, path: readonly string[]): Resource | null {
  return path.reduce<Resource | null>((at, name) => {
    const relationship = at?.relationships.find((candidate) => candidate.name === name);
    return relationship ? resourceNamed(model, relationship.target) : null;
  }, from);
}
