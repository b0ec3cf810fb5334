import type { Resource } from "../types.ts";
import { kebabCase } from "./kebabCase.ts";

/** The last segment of a resource's REST path: `orderDetails` to `order-details`. */
export function restPath(resource: Pick<Resource, "plural">): string {
  return kebabCase(resource.plural);
}
