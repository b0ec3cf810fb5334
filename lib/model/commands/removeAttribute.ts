import type { Model } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { findAttribute, findResource } from "./findParts.ts";
import { removeFromGroups } from "./groups.ts";

/** Takes along the unique groups and indexes that name it. */
export function removeAttribute(model: Model, command: CommandOf<"removeAttribute">): Change {
  const resource = findResource(model, command.resource);
  const { name } = findAttribute(resource, command.attribute);
  const attributes = resource.attributes.filter((attribute) => attribute.name !== name);
  return changed(withResource(model, removeFromGroups({ ...resource, attributes }, name)));
}
