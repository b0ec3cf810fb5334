import type { Model } from "../types.ts";
import { findOwner, findPart, roleIn, withAttributes } from "./attributeOwner.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { withAttributeOptions } from "./withAttributeOptions.ts";

export function setAttribute(model: Model, command: CommandOf<"setAttribute">): Change {
  const owner = findOwner(model, command.resource);
  const attribute = findPart(owner, command.attribute);
  const fresh = withAttributeOptions(attribute, command.options, roleIn(owner));
  const attributes = owner.attributes.map((other) => (other === attribute ? fresh : other));
  return changed(withAttributes(model, owner, attributes));
}
