import type { Model, Relationship } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { refused } from "./checkName.ts";
import { findRelationship, findResource } from "./findParts.ts";
import { mapMirrors } from "./mirrors.ts";
import { withOptional } from "./withOptional.ts";

export function setRelationship(model: Model, command: CommandOf<"setRelationship">): Change {
  const resource = findResource(model, command.resource);
  const relationship = findRelationship(resource, command.relationship);
  const fresh = withOptions(relationship, command);
  const relationships = resource.relationships.map((other) => (other === relationship ? fresh : other));
  const after = withResource(model, { ...resource, relationships });
  if (fresh.kind !== "belongsTo" || relationship.kind !== "belongsTo" || fresh.unique === relationship.unique) {
    return changed(after);
  }
  const kind = fresh.unique ? "hasOne" : "hasMany";
  const at = { owner: { ...resource, relationships }, stored: fresh };
  return changed(mapMirrors(after, at, (mirror) => (mirror.kind === "manyToMany" ? mirror : { ...mirror, kind })));
}

function withOptions(relationship: Relationship, command: CommandOf<"setRelationship">): Relationship {
  const described = withOptional(relationship, "describe", command);
  if (described.kind === "belongsTo") {
    const { required = described.required, unique = described.unique, onDelete = described.onDelete } = command;
    return { ...described, required, unique, onDelete };
  }
  const option = (["required", "unique", "onDelete"] as const).find((name) => command[name] !== undefined);
  if (option === undefined) return described;
  throw refused(option, "unknown_option", `Only a belongsTo has \`${option}\`. Set it at the other end.`);
}
