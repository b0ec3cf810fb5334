import type { Model, Resource } from "../../model/types.ts";

/** A model with one of its resources changed. */
export function withResource(model: Model, resource: Resource, change: Partial<Resource>): Model {
  const changed = { ...resource, ...change };
  return { ...model, resources: model.resources.map((each) => (each.name === resource.name ? changed : each)) };
}

export function withoutAt<T>(list: readonly T[], index: number): readonly T[] {
  return list.filter((_, at) => at !== index);
}

export function replacedAt<T>(list: readonly T[], index: number, item: T): readonly T[] {
  return list.map((each, at) => (at === index ? item : each));
}
