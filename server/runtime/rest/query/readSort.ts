import { isListField } from "#lib/model/api/listFields.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import { type Entity, entityNamed, type ReadableField, readableFields, readableOf } from "#lib/plan/catalog/Catalog.ts";
import { partsOf } from "#lib/plan/catalog/partsOf.ts";
import { completeOrder } from "#lib/plan/read/completeOrder.ts";
import { maxDepth, maxOrderTerms } from "#lib/plan/read/limits.ts";
import { isSortable } from "#lib/plan/read/operators.ts";
import type { OrderTerm } from "#lib/plan/types.ts";
import type { QueryContext } from "./QueryContext.ts";

export interface SortRequest {
  readonly entity: Entity;
  /** The parameter it came in, such as `sort` or `sort[deals]`. */
  readonly field: string;
}

/** `-createdAt,title,company.name` */
export function readSort(text: string, { entity, field }: SortRequest, context: QueryContext): readonly OrderTerm[] {
  const names = text.split(",");
  if (names.length > maxOrderTerms) {
    context.refuse(field, "maxItems", `Sort by at most ${maxOrderTerms} fields.`);
    return completeOrder([]);
  }
  const terms = names.map((name) => {
    const descending = name.startsWith("-");
    const path = (descending ? name.slice(1) : name).split(".");
    return isSortPath(path, { entity, field }, context) ? { path, descending } : null;
  });
  return completeOrder(terms.filter((term) => term !== null));
}

function isSortPath(path: readonly string[], { entity, field }: SortRequest, context: QueryContext): boolean {
  if (path.length > maxDepth) {
    context.refuse(field, "maxDepth", `Follow at most ${maxDepth - 1} relationships.`);
    return false;
  }
  let at = entity;
  for (const [index, hop] of path.slice(0, -1).entries()) {
    const whole = readableOf(at, hop);
    const isThere = whole || at.relationships.has(hop);
    if (isThere && !context.mayList(at, hop, { field, use: "sortable" })) return false;
    context.uses(at, hop);
    if (whole) return isSortPart(whole, path.slice(index + 1), { field, context });
    const relationship = at.relationships.get(hop);
    if (!relationship || !isToOne(relationship)) {
      context.unknown(field, hop, { what: "to-one relationship", allowed: toOne(at) });
      return false;
    }
    at = entityNamed(context.catalog, relationship.target);
  }
  const last = path.at(-1) ?? "";
  const found = readableOf(at, last);
  if (found && isSortable(found.type.kind)) {
    context.uses(at, last);
    return context.mayList(at, last, { field, use: "sortable" });
  }
  if (found?.type.kind === "encrypted") {
    context.refuse(field, "encrypted", `Lists cannot be sorted by ${last}: the database never sees its values.`);
    return false;
  }
  const allowed = readableFields(at)
    .filter(({ name, type }) => isSortable(type.kind) && isListField(at.resource, "sortable", name))
    .map(({ name }) => name);
  context.unknown(field, last, { what: "field to sort by called", allowed });
  return false;
}

/** Whether the rest of a path leads to a part of a value that lists can be sorted by. */
function isSortPart(
  whole: ReadableField,
  names: readonly string[],
  { field, context }: { readonly field: string; readonly context: QueryContext },
): boolean {
  let at: ReadableField = whole;
  for (const [index, name] of names.entries()) {
    const parts = [...partsOf(context.catalog.model, at.type).values()];
    const isEnd = index === names.length - 1;
    const part = parts.find((each) => each.name === name && (!isEnd || isSortable(each.type.kind)));
    if (!part) {
      const allowed = parts.filter(({ type }) => !isEnd || isSortable(type.kind)).map((each) => each.name);
      context.unknown(field, name, { what: `part of ${at.name} to sort by called`, allowed });
      return false;
    }
    at = part;
  }
  return true;
}

function toOne(entity: Entity): readonly string[] {
  const names = [...entity.relationships.values()].filter(isToOne).map(({ name }) => name);
  return names.filter((name) => isListField(entity.resource, "sortable", name));
}
