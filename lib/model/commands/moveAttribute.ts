import type { Model } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { findAttribute, findResource } from "./findParts.ts";

export function moveAttribute(model: Model, command: CommandOf<"moveAttribute">): Change {
  const resource = findResource(model, command.resource);
  const attribute = findAttribute(resource, command.attribute);
  const before = command.before === null ? null : findAttribute(resource, command.before);
  if (before === attribute) return changed(model);
  const rest = resource.attributes.filter((other) => other !== attribute);
  const index = before === null ? rest.length : rest.indexOf(before);
  const attributes = [...rest.slice(0, index), attribute, ...rest.slice(index)];
  return changed(withResource(model, { ...resource, attributes }));
}
