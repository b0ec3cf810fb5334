import type { ReadResult } from "#lib/model/read/readModel.ts";
import type { Model } from "#lib/model/types.ts";
import { reuseModel } from "./reuseModel.ts";

/**
 * What to draw: the draft, except that a resource whose file cannot be read for the moment keeps the shape it had, so that
 * a picture does not fall apart while someone types code.
 */
export function drawnModel(previous: Model, { draft, places }: ReadResult): Model {
  if (places.unread.size === 0) return reuseModel(previous, draft);
  const known = new Map(previous.resources.map((resource) => [resource.name, resource]));
  const resources = draft.resources.map((resource) =>
    places.unread.has(resource.name) ? (known.get(resource.name) ?? resource) : resource,
  );
  return reuseModel(previous, { ...draft, resources });
}
