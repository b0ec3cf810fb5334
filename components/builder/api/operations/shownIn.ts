import { isOffered } from "#lib/model/api/operations.ts";
import type { Action, Resource } from "#lib/model/types.ts";

/** How many of some actions each protocol offers. */
export function shownIn(
  resource: Resource,
  actions: readonly Pick<Action, "name">[],
): { readonly rest: number; readonly graphql: number } {
  const count = (protocol: "rest" | "graphql") =>
    actions.filter(({ name }) => isOffered(resource, name, protocol)).length;
  return { rest: count("rest"), graphql: count("graphql") };
}
