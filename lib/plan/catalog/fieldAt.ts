import type { FieldPath } from "../types.ts";
import {
  type Catalog,
  type Entity,
  entityNamed,
  type Field,
  type ReadableField,
  readableNamed,
  relationshipNamed,
} from "./Catalog.ts";
import { partsOf } from "./partsOf.ts";

/** Where in a checked path the field stands: relationships come before it, parts of its value after it. */
export function placeOfField(catalog: Catalog, entity: Entity, path: FieldPath): number {
  let at = entity;
  for (const [index, name] of path.entries()) {
    const relationship = at.fields.has(name) ? undefined : at.relationships.get(name);
    if (!relationship) return index;
    at = entityNamed(catalog, relationship.target);
  }
  return path.length - 1;
}

/** The field, or the part of one, that a checked path ends in. */
export function fieldAt(catalog: Catalog, entity: Entity, path: FieldPath): ReadableField {
  const place = placeOfField(catalog, entity, path);
  let at = entity;
  for (const hop of path.slice(0, place)) at = entityNamed(catalog, relationshipNamed(at, hop).target);
  let field = readableNamed(at, path[place] ?? "");
  for (const name of path.slice(place + 1)) field = partNamed(catalog, field, name);
  return field;
}

export function partNamed({ model }: Catalog, { name, type }: Pick<Field, "name" | "type">, part: string): Field {
  const found = partsOf(model, type).get(part);
  if (!found) throw new Error(`The plan names the part ${part}, which ${name} has not.`);
  return found;
}
