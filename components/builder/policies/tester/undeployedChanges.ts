import { describeChange } from "#lib/model/diff/describeChange.ts";
import { diffModels } from "#lib/model/diff/diffModels.ts";
import type { Model } from "#lib/model/types.ts";

/** What a model has that the live one has not, as sentences. */
export function undeployedChanges(live: Model, draft: Model): readonly string[] {
  return [...new Set(diffModels(inOneOrder(live), inOneOrder(draft)).map(describeChange))];
}

/** A stored model has its keys in another order than one that was just read; the order of lists stays. */
function inOneOrder<T>(value: T): T {
  if (Array.isArray(value)) return value.map(inOneOrder) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  const ordered = entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, inOneOrder(part)]);
  return Object.fromEntries(ordered) as T;
}
