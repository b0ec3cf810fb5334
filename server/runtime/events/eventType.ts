import { camelCase } from "#lib/model/naming/camelCase.ts";
import type { Resource } from "#lib/model/types.ts";

/** What happened to a record of a resource, as events are called: `deal.updated`. */
export function eventType({ name }: Pick<Resource, "name">, kind: string): string {
  return `${camelCase(name)}.${kind}`;
}
