import { type Entity, entityNamed, type ReadableField, readableOf } from "#lib/plan/catalog/Catalog.ts";
import { partsOf } from "#lib/plan/catalog/partsOf.ts";
import { completeOrder } from "#lib/plan/read/completeOrder.ts";
import { defaultOrder } from "#lib/plan/read/defaultOrder.ts";
import { maxDepth, maxOrderTerms } from "#lib/plan/read/limits.ts";
import type { OrderTerm } from "#lib/plan/types.ts";
import type { Planning } from "./Planning.ts";

type OrderInput = Readonly<Record<string, unknown>>;

/** `orderBy: [{company: {name: ASC}}, {createdAt: DESC}]`: one field an object, since objects have no order. */
export function planOrder(input: unknown, entity: Entity, planning: Planning): readonly OrderTerm[] {
  const list = Array.isArray(input) ? (input as readonly OrderInput[]) : [];
  if (list.length > maxOrderTerms) {
    planning.refuse({ field: "orderBy", rule: "maxItems", message: `Order by at most ${maxOrderTerms} fields.` });
    return completeOrder([]);
  }
  if (list.length === 0) return defaultOrder(entity);
  return completeOrder(
    list.flatMap((item, index) => orderTerm(item, entity, { planning, path: [], place: `orderBy.${index}` })),
  );
}

interface OrderContext {
  readonly planning: Planning;
  readonly path: readonly string[];
  readonly place: string;
}

function orderTerm(item: OrderInput, entity: Entity, { planning, path, place }: OrderContext): OrderTerm[] {
  const entries = Object.entries(item).filter(([, value]) => value !== null && value !== undefined);
  const [entry, ...more] = entries;
  if (!entry || more.length > 0 || path.length > maxDepth) {
    const message = "Give exactly one field in each object, the first one first.";
    planning.refuse({ field: place, rule: "shape", message });
    return [];
  }
  const [name, given] = entry;
  const value = planning.pin(given);
  const field = readableOf(entity, name);
  if (field) return partTerm(field, value, { planning, path: [...path, name], place: `${place}.${name}` });
  const relationship = entity.relationships.get(name);
  if (!relationship) {
    planning.refuse({ field: place, rule: "sortable", message: `Lists of ${entity.name} cannot be sorted.` });
    return [];
  }
  const target = entityNamed(planning.catalog, relationship.target);
  return orderTerm(value as OrderInput, target, { planning, path: [...path, name], place: `${place}.${name}` });
}

/** `{address: {city: ASC}}` */
function partTerm(field: ReadableField, value: unknown, { planning, path, place }: OrderContext): OrderTerm[] {
  if (typeof value === "string") return [{ path, descending: value === "DESC" }];
  const entries = Object.entries(value as OrderInput).filter(([, inner]) => inner !== null && inner !== undefined);
  const [entry, ...more] = entries;
  const part = entry && partsOf(planning.catalog.model, field.type).get(entry[0]);
  if (!part || more.length > 0) {
    planning.refuse({ field: place, rule: "shape", message: "Give exactly one part in each object." });
    return [];
  }
  return partTerm(part, planning.pin(entry[1]), {
    planning,
    path: [...path, part.name],
    place: `${place}.${part.name}`,
  });
}
