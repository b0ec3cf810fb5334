import type { Model } from "../types.ts";
import { addRelationship } from "./addRelationship.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { refused } from "./checkName.ts";
import { findResource } from "./findParts.ts";

/** Adds a hasMany, or a hasOne where the belongsTo that it mirrors is unique. */
export function addHasMany(model: Model, command: CommandOf<"addHasOne" | "addHasMany">): Change {
  const resource = findResource(model, command.resource);
  const target = findResource(model, command.target);
  const mirrored = target.relationships.find(({ name }) => name === command.via);
  if (mirrored?.kind !== "belongsTo" || mirrored.target !== resource.name) {
    const message = `\`${target.name}\` has no belongsTo \`${command.via}\` that leads to \`${resource.name}\`. Add that first.`;
    throw refused("via", "unknown_via", message);
  }
  const kind = command.type === "addHasOne" ? "hasOne" : "hasMany";
  if (kind === "hasOne" && !mirrored.unique) {
    const message = `Several of \`${target.name}\` may have the same \`${command.via}\`. Make that one to one first.`;
    throw refused("via", "not_unique", message);
  }
  const relationship = { kind, name: command.name, target: target.name, via: command.via } as const;
  return changed(addRelationship(model, resource.name, { relationship, field: "name" }));
}
