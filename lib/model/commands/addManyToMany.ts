import { defaultJoin } from "../naming/storedNames.ts";
import { present } from "../read/present.ts";
import type { ManyToMany, Model } from "../types.ts";
import { addRelationship } from "./addRelationship.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { findResource } from "./findParts.ts";
import { freeName, tablesOf } from "./freeName.ts";

export function addManyToMany(model: Model, command: CommandOf<"addManyToMany">): Change {
  const resource = findResource(model, command.resource);
  const target = findResource(model, command.target);
  const { name, inverse } = command;
  if (command.through !== undefined) return changed(addThrough(model, { ...command, through: command.through }));
  const usual = defaultJoin(resource, name, target.name);
  const join = { ...usual, table: freeName(usual.table, tablesOf(model)) };
  const base = { kind: "manyToMany", name, target: target.name, ...join } as const;
  const owner: ManyToMany = { ...base, ...(inverse === undefined ? {} : { inverse }), owner: true };
  const added = addRelationship(model, resource.name, { relationship: owner, field: "name" });
  if (inverse === undefined) return changed(added);
  const other: ManyToMany = {
    kind: "manyToMany",
    name: inverse,
    target: resource.name,
    table: join.table,
    sourceColumn: join.targetColumn,
    targetColumn: join.sourceColumn,
    inverse: name,
    owner: false,
  };
  return changed(addRelationship(added, target.name, { relationship: other, field: "inverse" }));
}

/** Where the links stand is worked out once the sides are there. */
function addThrough(model: Model, command: CommandOf<"addManyToMany"> & { readonly through: string }): Model {
  const { resource, target, name, inverse, sourceVia, targetVia } = command;
  const through = findResource(model, command.through).name;
  const base = { kind: "manyToMany", table: "", sourceColumn: "", targetColumn: "", owner: false, through } as const;
  const here: ManyToMany = { ...base, name, target, ...present({ sourceVia, targetVia }) };
  const added = addRelationship(model, resource, { relationship: here, field: "name" });
  if (inverse === undefined) return added;
  const there: ManyToMany = {
    ...base,
    name: inverse,
    target: resource,
    ...present({ sourceVia: targetVia, targetVia: sourceVia }),
  };
  return addRelationship(added, target, { relationship: there, field: "inverse" });
}
