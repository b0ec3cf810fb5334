import type { Model } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { findRelationship, findResource } from "./findParts.ts";
import { removeFromGroups } from "./groups.ts";
import { mapMirrors } from "./mirrors.ts";
import { removeThroughEnd } from "./throughEnds.ts";

/** What is stored (a belongsTo, the owner of a join table) takes its mirrors along, and what leads through it; a mirror goes alone. */
export function removeRelationship(model: Model, command: CommandOf<"removeRelationship">): Change {
  const owner = findResource(model, command.resource);
  const stored = findRelationship(owner, command.relationship);
  const unlinked = removeThroughEnd(model, { join: owner, stored });
  const alone = mapMirrors(unlinked, { owner, stored }, () => null);
  const resource = findResource(alone, owner.name);
  const relationships = resource.relationships.filter(({ name }) => name !== stored.name);
  const without = withResource(alone, removeFromGroups({ ...resource, relationships }, stored.name));
  return changed(
    stored.kind === "manyToMany" && !stored.owner ? withoutInverse(without, stored.target, stored.name) : without,
  );
}

/** The owner of a join table no longer names the mirror that went. */
function withoutInverse(model: Model, owner: string, mirror: string): Model {
  const resource = model.resources.find(({ name }) => name === owner);
  if (!resource) return model;
  const relationships = resource.relationships.map((relationship) => {
    if (relationship.kind !== "manyToMany" || !relationship.owner || relationship.inverse !== mirror)
      return relationship;
    const { inverse: _gone, ...rest } = relationship;
    return rest;
  });
  return withResource(model, { ...resource, relationships });
}
