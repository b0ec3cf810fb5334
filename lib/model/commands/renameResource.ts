import { pluralOf } from "../naming/pluralOf.ts";
import { isThrough } from "../relationships/throughLinks.ts";
import type { Model, Relationship, Resource } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, mapSame } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { checkResourceName } from "./checkName.ts";
import { findResource } from "./findParts.ts";

/** Its stored names stay; its plural becomes that of the new name. */
export function renameResource(model: Model, { resource: from, to }: CommandOf<"renameResource">): Change {
  const resource = findResource(model, from);
  if (from === to) return changed(model);
  const others = model.resources.filter((other) => other !== resource);
  checkResourceName({ ...model, resources: others }, to, "to");
  const resources = model.resources.map((other) => {
    const followed = withTarget(other, from, to);
    return other === resource ? { ...followed, name: to, plural: pluralOf(to) } : followed;
  });
  return { model: { ...model, resources }, renames: { resources: new Map([[from, to]]), members: new Map() } };
}

function withTarget(resource: Resource, from: string, to: string): Resource {
  const relationships = mapSame(resource.relationships, (relationship) => followed(relationship, from, to));
  return relationships === resource.relationships ? resource : { ...resource, relationships };
}

function followed(relationship: Relationship, from: string, to: string): Relationship {
  const retargeted = relationship.target === from ? { ...relationship, target: to } : relationship;
  return isThrough(retargeted) && retargeted.through === from ? { ...retargeted, through: to } : retargeted;
}
