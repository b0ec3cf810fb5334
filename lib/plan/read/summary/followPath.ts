import { closest } from "../../../expression/closest.ts";
import { isToOne } from "../../../model/relationships/isToOne.ts";
import {
  type Catalog,
  type Entity,
  entityNamed,
  type ReadableField,
  readableFields,
  readableOf,
} from "../../catalog/Catalog.ts";
import { partsOf } from "../../catalog/partsOf.ts";
import type { FieldPath } from "../../types.ts";
import { maxDepth } from "../limits.ts";

/** A field at the end of a path through to-one relationships and into values with parts. */
export interface FoundField {
  readonly field: ReadableField;
  /** What the field is a part of, and under which path; null where it is a whole value. */
  readonly whole: { readonly field: ReadableField; readonly path: FieldPath } | null;
}

/** Why a path leads nowhere. */
export interface LostPath {
  readonly rule: "unknown" | "maxDepth";
  readonly message: string;
  readonly allowed?: readonly string[];
}

export function isLost(found: FoundField | LostPath): found is LostPath {
  return "rule" in found;
}

export function followPath(catalog: Catalog, start: Entity, path: FieldPath): FoundField | LostPath {
  if (path.length > maxDepth) {
    return { rule: "maxDepth", message: `Follow at most ${maxDepth - 1} relationships.` };
  }
  let entity = start;
  for (const [index, name] of path.entries()) {
    const field = readableOf(entity, name);
    if (field) return intoParts(catalog, field, { path: path.slice(0, index + 1), names: path.slice(index + 1) });
    const relationship = entity.relationships.get(name);
    if (relationship && !isToOne(relationship)) {
      return {
        rule: "unknown",
        message: `${name} leads to several records. Summarise those of ${relationship.target}.`,
      };
    }
    if (!relationship) {
      return unknown(name, { what: "field", allowed: [...readableFields(entity), ...toOne(entity)].map(nameOf) });
    }
    entity = entityNamed(catalog, relationship.target);
  }
  const last = path.at(-1) ?? "";
  return unknown(last, { what: "field", allowed: readableFields(entity).map(({ name }) => `${last}.${name}`) });
}

interface Inside {
  /** The whole value's. */
  readonly path: FieldPath;
  readonly names: readonly string[];
}

function intoParts({ model }: Catalog, start: ReadableField, inside: Inside): FoundField | LostPath {
  let field = start;
  let whole: FoundField["whole"] = null;
  for (const [index, name] of inside.names.entries()) {
    const parts = partsOf(model, field.type);
    const part = parts.get(name);
    if (!part) return unknown(name, { what: `part of ${field.name} called`, allowed: [...parts.keys()] });
    whole = { field, path: [...inside.path, ...inside.names.slice(0, index)] };
    field = part;
  }
  return { field, whole };
}

function toOne({ relationships }: Entity) {
  return [...relationships.values()].filter(isToOne);
}

const nameOf = ({ name }: { readonly name: string }) => name;

function unknown(name: string, { what, allowed }: { what: string; allowed: readonly string[] }): LostPath {
  const meant = closest(name, allowed);
  const message = meant ? `Did you mean ${meant}?` : `There is no ${what} ${name || "without a name"} here.`;
  return { rule: "unknown", message, allowed };
}
