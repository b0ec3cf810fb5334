import type { Resource } from "../types.ts";
import { kebabCase } from "./kebabCase.ts";

/** The segment of a resource's REST paths: the one it says, or `order-details` for `orderDetails`. */
export function restPath(resource: Pick<Resource, "plural" | "api">): string {
  return resource.api?.path ?? kebabCase(resource.plural);
}
