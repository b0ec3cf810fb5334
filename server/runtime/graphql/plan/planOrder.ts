import { type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
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
  const [name, value] = entry;
  const relationship = entity.relationships.get(name);
  if (!relationship || typeof value === "string") {
    return [{ path: [...path, name], descending: value === "DESC" }];
  }
  const target = entityNamed(planning.catalog, relationship.target);
  return orderTerm(value as OrderInput, target, { planning, path: [...path, name], place: `${place}.${name}` });
}
