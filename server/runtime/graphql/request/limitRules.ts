import type { ValidationRule } from "graphql";
import type { GraphqlLimits } from "../limits.ts";
import { aliasLimit } from "./aliasLimit.ts";
import { depthLimit } from "./depthLimit.ts";
import { noIntrospection } from "./noIntrospection.ts";

/** What an app's limits add to the rules of the specification. */
export function limitRules({ depth, aliases, introspection }: GraphqlLimits): readonly ValidationRule[] {
  return [depthLimit(depth), aliasLimit(aliases), ...(introspection ? [] : [noIntrospection])];
}
