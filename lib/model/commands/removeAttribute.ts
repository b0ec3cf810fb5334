import type { Model } from "../types.ts";
import { findOwner, findPart, isResource, withAttributes } from "./attributeOwner.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { removeFromGroups } from "./groups.ts";
import { mapEmbedded } from "./mapEmbedded.ts";

/** Takes along the unique groups and indexes that name it. */
export function removeAttribute(model: Model, command: CommandOf<"removeAttribute">): Change {
  const resource = findOwner(model, command.resource);
  const { name } = findPart(resource, command.attribute);
  const attributes = resource.attributes.filter((attribute) => attribute.name !== name);
  if (!isResource(resource))
    return changed(withoutPart(withAttributes(model, resource, attributes), resource.name, name));
  return changed(withResource(model, removeFromGroups({ ...resource, attributes }, name)));
}

/** Written values of a value object no longer have the part. */
function withoutPart(model: Model, valueObject: string, part: string): Model {
  return mapEmbedded(model, valueObject, ({ [part]: _gone, ...rest }) => rest);
}
