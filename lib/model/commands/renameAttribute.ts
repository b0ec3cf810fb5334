import type { Model } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { checkFieldName } from "./checkName.ts";
import { findAttribute, findResource } from "./findParts.ts";
import { renameInGroups } from "./groups.ts";

export function renameAttribute(model: Model, command: CommandOf<"renameAttribute">): Change {
  const resource = findResource(model, command.resource);
  const attribute = findAttribute(resource, command.attribute);
  const { to } = command;
  if (to === attribute.name) return changed(model);
  const others = resource.attributes.filter((other) => other !== attribute);
  checkFieldName({ ...resource, attributes: others }, to, { field: "to", kind: "attribute" });
  const attributes = resource.attributes.map((other) => (other === attribute ? { ...attribute, name: to } : other));
  return {
    model: withResource(model, renameInGroups({ ...resource, attributes }, attribute.name, to)),
    renames: { resources: new Map(), members: new Map([[resource.name, new Map([[attribute.name, to]])]]) },
  };
}
