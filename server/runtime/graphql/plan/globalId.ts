import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { readKey } from "#lib/plan/write/planWrite.ts";
import type { GraphqlApp } from "../GraphqlApp.ts";

/** `Deal:0198…`: the type of a record, as far as the app shows its records, and its key; null for what no record can have. */
export function readGlobalId(
  { nodes }: Pick<GraphqlApp, "nodes">,
  text: string,
): { readonly entity: Entity | null; readonly key: string | null } {
  const colon = text.indexOf(":");
  const entity = colon < 0 ? undefined : nodes.get(text.slice(0, colon));
  return { entity: entity ?? null, key: entity ? readKey(entity, text.slice(colon + 1)) : null };
}
