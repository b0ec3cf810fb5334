import { computedFields, sizeOf, usesOf } from "../expressions/computedFields.ts";
import { expressionsOf } from "../expressions/expressionsOf.ts";
import type { Model } from "../types.ts";
import type { Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Names, literals, operators and calls in an expression with all that the calculations and aggregates in it stand for. */
const maxSize = 2000;

/** No expression grows beyond what a database can be asked once all that it names is written out. */
export const expressionSizes: Rule = (draft, places) => {
  const fields = computedFields(draft);
  if (fields.size === 0) return [];
  const sizes = fullSizes(draft);
  return expressionsOf(draft).flatMap((placed) => {
    const size = usesOf(placed, fields).reduce((sum, key) => sum + (sizes.get(key) ?? 0), sizeOf(placed));
    if (size <= maxSize) return [];
    const counted = Number.isFinite(size) ? String(size) : "too many";
    const message = `Written out with the calculations that it names this has ${counted} parts; at most ${maxSize} can be worked out. Store one of them, or make it simpler.`;
    return [problemAt(places, { code: "too_large", path: placed.path, message })];
  });
};

/** Of each calculation and aggregate with all that it names; a stored one is read from its column. */
function fullSizes(model: Model): ReadonlyMap<string, number> {
  const fields = computedFields(model);
  const sizes = new Map<string, number>();
  const measure = (key: string): number => {
    const found = sizes.get(key);
    if (found !== undefined) return found;
    const field = fields.get(key);
    if (!field || field.column !== undefined) return 1;
    // A round counts once; another rule refuses it.
    sizes.set(key, 1);
    const size = field.uses.reduce((sum, use) => Math.min(sum + measure(use), Number.MAX_SAFE_INTEGER), field.size);
    sizes.set(key, size);
    return size;
  };
  for (const key of fields.keys()) measure(key);
  return sizes;
}
