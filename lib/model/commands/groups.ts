import type { Resource } from "../types.ts";

/** The resource with a field called otherwise in its unique groups and indexes. */
export function renameInGroups(resource: Resource, from: string, to: string): Resource {
  const now = (name: string) => (name === from ? to : name);
  return {
    ...resource,
    uniques: resource.uniques.map((names) => names.map(now)),
    indexes: resource.indexes.map(({ fields }) => ({
      fields: fields.map(({ name, descending }) => ({ name: now(name), descending })),
    })),
  };
}

/** The resource without the unique groups and indexes that name a field. */
export function removeFromGroups(resource: Resource, field: string): Resource {
  return {
    ...resource,
    uniques: resource.uniques.filter((names) => !names.includes(field)),
    indexes: resource.indexes.filter(({ fields }) => !fields.some(({ name }) => name === field)),
  };
}
