import type { Model } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { findAttribute, findResource } from "./findParts.ts";
import { withAttributeOptions } from "./withAttributeOptions.ts";

export function setAttribute(model: Model, command: CommandOf<"setAttribute">): Change {
  const resource = findResource(model, command.resource);
  const attribute = findAttribute(resource, command.attribute);
  const fresh = withAttributeOptions(attribute, command.options);
  const attributes = resource.attributes.map((other) => (other === attribute ? fresh : other));
  return changed(withResource(model, { ...resource, attributes }));
}
