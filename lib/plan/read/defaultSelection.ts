import type { Entity } from "../catalog/Catalog.ts";
import type { Selection } from "../types.ts";

/** Every field of the resource, nothing related. */
export function defaultSelection(entity: Entity): Selection {
  return [...entity.fields.keys()].map((field) => ({ kind: "field", as: field, field }));
}
