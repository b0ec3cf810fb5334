import type { Model } from "../types.ts";
import { findOwner, findPart, isResource, withAttributes } from "./attributeOwner.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { checkFieldName } from "./checkName.ts";
import { renameInGroups } from "./groups.ts";
import { mapEmbedded } from "./mapEmbedded.ts";

/** A part of a value object is stored under its name, so values kept under the old one are seen no more. */
export function renameAttribute(model: Model, command: CommandOf<"renameAttribute">): Change {
  const resource = findOwner(model, command.resource);
  const attribute = findPart(resource, command.attribute);
  const { to } = command;
  if (to === attribute.name) return changed(model);
  const others = resource.attributes.filter((other) => other !== attribute);
  checkFieldName({ ...resource, attributes: others }, to, { field: "to", kind: "attribute" });
  const column = isResource(resource) ? attribute.column : to;
  const renamed = { ...attribute, name: to, column };
  const attributes = resource.attributes.map((other) => (other === attribute ? renamed : other));
  return {
    model: isResource(resource)
      ? withResource(model, renameInGroups({ ...resource, attributes }, attribute.name, to))
      : withPart(withAttributes(model, resource, attributes), resource.name, { from: attribute.name, to }),
    renames: { resources: new Map(), members: new Map([[resource.name, new Map([[attribute.name, to]])]]) },
  };
}

/** Written values of a value object name the part as it is called now. */
function withPart(model: Model, valueObject: string, { from, to }: { readonly from: string; readonly to: string }) {
  return mapEmbedded(model, valueObject, (parts) =>
    Object.fromEntries(Object.entries(parts).map(([name, value]) => [name === from ? to : name, value])),
  );
}
