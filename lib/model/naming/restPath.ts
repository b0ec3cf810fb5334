import type { Resource } from "../types.ts";
import { kebabCase } from "./kebabCase.ts";

const paths = new WeakMap<object, string>();

/** The segment of a resource's REST paths: the one it says, or `order-details` for `orderDetails`. */
export function restPath(resource: Pick<Resource, "plural" | "api">): string {
  let path = paths.get(resource);
  if (path === undefined) {
    path = resource.api?.path ?? kebabCase(resource.plural);
    paths.set(resource, path);
  }
  return path;
}
