import type { Model } from "../types.ts";
import { findOwner, findPart, withAttributes } from "./attributeOwner.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";

export function moveAttribute(model: Model, command: CommandOf<"moveAttribute">): Change {
  const owner = findOwner(model, command.resource);
  const attribute = findPart(owner, command.attribute);
  const before = command.before === null ? null : findPart(owner, command.before);
  if (before === attribute) return changed(model);
  const rest = owner.attributes.filter((other) => other !== attribute);
  const index = before === null ? rest.length : rest.indexOf(before);
  const attributes = [...rest.slice(0, index), attribute, ...rest.slice(index)];
  return changed(withAttributes(model, owner, attributes));
}
