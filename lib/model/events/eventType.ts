import { camelCase } from "../naming/camelCase.ts";
import type { Resource } from "../types.ts";

/** What can happen to a record. */
export const changeKinds = ["created", "updated", "destroyed"] as const;

/** What happened to a record of a resource, as events are called: `deal.updated`. */
export function eventType({ name }: Pick<Resource, "name">, kind: string): string {
  return `${camelCase(name)}.${kind}`;
}
