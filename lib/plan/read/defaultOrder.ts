import type { Entity } from "../catalog/Catalog.ts";
import type { OrderTerm } from "../types.ts";
import { completeOrder } from "./completeOrder.ts";

/** The order of a list that asks for none: the resource's own, else that of the keys. */
export function defaultOrder({ resource }: Entity): readonly OrderTerm[] {
  const terms = resource.features?.order ?? [];
  return completeOrder(terms.map(({ name, descending }) => ({ path: [name], descending })));
}
