import { sameJson } from "../../model/merge/sameJson.ts";
import type { Resource } from "../../model/types.ts";

/** Whether two resources are read by the same policies, whatever else they allow. */
export function sameReading(one: Resource, other: Resource): boolean {
  return sameJson(readingOf(one), readingOf(other));
}

function readingOf({ policies = [], features }: Resource) {
  const reading = policies.filter(({ actions }) => actions.includes("*") || actions.includes("read"));
  return [reading.map(({ effect, expression }) => ({ effect, expression })), features?.tenant ?? null];
}
