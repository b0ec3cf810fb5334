import type { Model, Relationship } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { checkFieldName } from "./checkName.ts";
import { findRelationship, findResource } from "./findParts.ts";
import { renameInGroups } from "./groups.ts";
import { mapMirrors } from "./mirrors.ts";
import { renameThroughEnd } from "./throughEnds.ts";

export function renameRelationship(model: Model, command: CommandOf<"renameRelationship">): Change {
  const owner = findResource(model, command.resource);
  const stored = findRelationship(owner, command.relationship);
  const { to } = command;
  if (to === stored.name) return changed(model);
  const others = owner.relationships.filter((other) => other !== stored);
  checkFieldName({ ...owner, relationships: others }, to, { field: "to", kind: stored.kind });
  const linked = renameThroughEnd(model, { join: owner, stored }, to);
  const followed = mapMirrors(linked, { owner, stored }, (mirror) => pointTo(mirror, to));
  const resource = findResource(followed, owner.name);
  const relationships = resource.relationships.map((other) =>
    other.name === stored.name ? { ...other, name: to } : other,
  );
  const renamed = withResource(followed, renameInGroups({ ...resource, relationships }, stored.name, to));
  return {
    model: stored.kind === "manyToMany" && !stored.owner ? withInverse(renamed, stored, to) : renamed,
    renames: { resources: new Map(), members: new Map([[owner.name, new Map([[stored.name, to]])]]) },
  };
}

function pointTo(mirror: Exclude<Relationship, { kind: "belongsTo" }>, to: string): Relationship {
  return mirror.kind === "manyToMany" ? { ...mirror, inverse: to } : { ...mirror, via: to };
}

/** The owner of a join table names its mirror; that is worked out, never written. */
function withInverse(model: Model, mirror: Relationship, to: string): Model {
  const owner = model.resources.find(({ name }) => name === mirror.target);
  if (!owner) return model;
  const relationships = owner.relationships.map((relationship) =>
    relationship.kind === "manyToMany" && relationship.owner && relationship.inverse === mirror.name
      ? { ...relationship, inverse: to }
      : relationship,
  );
  return withResource(model, { ...owner, relationships });
}
