import type { Model } from "#lib/model/types.ts";

/** The next model with the very objects of the previous one wherever nothing changed, so that only what changed is drawn. */
export function reuseModel(previous: Model, next: Model): Model {
  const model: Model = {
    ...next,
    app: same(previous.app, next.app) ? previous.app : next.app,
    resources: reuseAll(previous.resources, next.resources),
    ...(next.valueObjects ? { valueObjects: reuseAll(previous.valueObjects ?? [], next.valueObjects) } : {}),
    ...(next.processes ? { processes: reuseAll(previous.processes ?? [], next.processes) } : {}),
    ...(next.functions ? { functions: reuseAll(previous.functions ?? [], next.functions) } : {}),
    ...(next.operations ? { operations: reuse(previous.operations, next.operations) } : {}),
  };
  const parts = new Set([...Object.keys(previous), ...Object.keys(model)]) as Set<keyof Model>;
  return [...parts].every((part) => previous[part] === model[part]) ? previous : model;
}

/** The very list where nothing in it changed. */
function reuseAll<T extends { readonly name: string }>(previous: readonly T[], next: readonly T[]): readonly T[] {
  const known = new Map(previous.map((item) => [item.name, item]));
  const items = next.map((item) => reuse(known.get(item.name), item));
  const unchanged = items.length === previous.length && items.every((item, index) => item === previous[index]);
  return unchanged ? previous : items;
}

function reuse<T>(previous: T | undefined, next: T): T {
  return previous && same(previous, next) ? previous : next;
}

/** Models are plain JSON, read with their keys in one order. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
