import type { Model, Resource } from "#lib/model/types.ts";

/** The next model with the very objects of the previous one wherever nothing changed, so that only what changed is drawn. */
export function reuseModel(previous: Model, next: Model): Model {
  const known = new Map(previous.resources.map((resource) => [resource.name, resource]));
  const resources = next.resources.map((resource) => reuse(known.get(resource.name), resource));
  const app = same(previous.app, next.app) ? previous.app : next.app;
  const unchanged =
    resources.length === previous.resources.length &&
    resources.every((resource, index) => resource === previous.resources[index]);
  if (unchanged && app === previous.app) return previous;
  return { app, resources: unchanged ? previous.resources : resources };
}

function reuse(previous: Resource | undefined, next: Resource): Resource {
  return previous && same(previous, next) ? previous : next;
}

/** Models are plain JSON, read with their keys in one order. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
