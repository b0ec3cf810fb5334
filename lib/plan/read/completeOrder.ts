import type { OrderTerm } from "../types.ts";

/**
 * The order asked for, made total: it ends with the key, in the direction of the term before it so that one index
 * serves both. Terms after the key or repeating an earlier one decide nothing and fall away.
 */
export function completeOrder(order: readonly OrderTerm[]): readonly OrderTerm[] {
  const terms: OrderTerm[] = [];
  const seen = new Set<string>();
  for (const term of order) {
    const name = term.path.join(".");
    if (seen.has(name)) continue;
    seen.add(name);
    terms.push(term);
    if (name === "id") return terms;
  }
  return [...terms, { path: ["id"], descending: terms.at(-1)?.descending ?? false }];
}
