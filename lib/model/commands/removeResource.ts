import { isThrough } from "../relationships/throughLinks.ts";
import type { Model, Relationship, Resource } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { findResource } from "./findParts.ts";
import { removeFromGroups } from "./groups.ts";

/** Takes along the relationships of other resources that lead to it or through it. */
export function removeResource(model: Model, command: CommandOf<"removeResource">): Change {
  const { name } = findResource(model, command.resource);
  const rest = model.resources.filter((resource) => resource.name !== name);
  return changed({ ...model, resources: rest.map((resource) => withoutTarget(resource, name)) });
}

function withoutTarget(resource: Resource, target: string): Resource {
  const gone = resource.relationships.filter((relationship) => leadsTo(relationship, target));
  if (gone.length === 0) return resource;
  const relationships = resource.relationships.filter((relationship) => !leadsTo(relationship, target));
  return gone.reduce<Resource>((current, { name }) => removeFromGroups(current, name), { ...resource, relationships });
}

function leadsTo(relationship: Relationship, resource: string): boolean {
  return relationship.target === resource || (isThrough(relationship) && relationship.through === resource);
}
