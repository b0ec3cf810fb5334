import type { Model } from "#lib/model/types.ts";

/** What one operation of an app may ask for. */
export interface GraphqlLimits {
  /** Levels of fields inside each other. */
  readonly depth: number;
  /** Records that it can read at most, by its pages and what is nested in them. */
  readonly cost: number;
  /** Names of its own that it gives to fields. */
  readonly aliases: number;
  readonly introspection: boolean;
  /** Only the operations in the app's sources are answered. */
  readonly persistedOnly: boolean;
}

export function limitsOf({ app }: Model): GraphqlLimits {
  const { maxDepth = 20, maxCost = 50_000, introspection = true, persistedOnly = false } = app.api?.graphql ?? {};
  return { depth: maxDepth, cost: maxCost, aliases: 200, introspection, persistedOnly };
}
