import { defaultForeignKey } from "../naming/storedNames.ts";
import type { BelongsTo, Model } from "../types.ts";
import { addRelationship } from "./addRelationship.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { findResource } from "./findParts.ts";
import { columnsOf, freeName } from "./freeName.ts";

export function addBelongsTo(model: Model, command: CommandOf<"addBelongsTo">): Change {
  const resource = findResource(model, command.resource);
  const target = findResource(model, command.target);
  const belongsTo: BelongsTo = {
    kind: "belongsTo",
    name: command.name,
    target: target.name,
    column: freeName(defaultForeignKey(command.name), columnsOf(resource)),
    required: command.required ?? false,
    unique: command.unique ?? false,
    onDelete: command.onDelete ?? "restrict",
  };
  const added = addRelationship(model, resource.name, { relationship: belongsTo, field: "name" });
  if (command.inverse === undefined) return changed(added);
  const kind = belongsTo.unique ? "hasOne" : "hasMany";
  const relationship = { kind, name: command.inverse, target: resource.name, via: command.name } as const;
  return changed(addRelationship(added, target.name, { relationship, field: "inverse" }));
}
