import * as fc from "fast-check";
import { optionsIn } from "../attributes/optionsIn.ts";
import type { AttributeOwner } from "../commands/attributeOwner.ts";
import { isResource } from "../commands/attributeOwner.ts";
import type { AttributeOptions, ModelCommand } from "../commands/ModelCommand.ts";
import type { Attribute, Model, Resource } from "../types.ts";
import { drawApiCommand } from "./apiCommand.ts";
import { drawAttribute, freshNames, takenNames } from "./arbitraryModel.ts";
import { drawBehaviourCommand } from "./behaviourCommand.ts";
import type { Draw } from "./draw.ts";
import { chance } from "./draw.ts";
import type { TypeRoom } from "./drawType.ts";
import { drawType, drawValues } from "./drawType.ts";

type Of<T extends ModelCommand["type"]> = Extract<ModelCommand, { readonly type: T }>;

const newNames = ["Purchase", "SalesPerson", "Sheep", "Zebra", "HTTPRoute", "Order", "Tag"];

/** A command that speaks of things in the model; it may still be refused. Null when the model has nothing of the kind. */
export function drawCommand(draw: Draw, model: Model): ModelCommand | null {
  const makers = [
    app,
    resources,
    valueObjects,
    attributes,
    relationships,
    attributes,
    relationships,
    drawBehaviourCommand,
    drawBehaviourCommand,
    drawApiCommand,
  ];
  return draw(fc.constantFrom<(typeof makers)[number][]>, ...makers)(draw, model);
}

function app(draw: Draw): Of<"setApp"> {
  return chance(draw, 2)
    ? { type: "setApp", name: draw(fc.string, { minLength: 1 }) }
    : { type: "setApp", describe: chance(draw, 2) ? undefined : draw(fc.string) };
}

function resources(draw: Draw, model: Model): ModelCommand | null {
  const name = one(draw, newNames);
  const resource = model.resources.length === 0 ? null : one(draw, model.resources);
  if (!resource || chance(draw, 4)) return { type: "addResource", name };
  if (chance(draw, 4)) return { type: "removeResource", resource: resource.name };
  if (chance(draw, 2)) return { type: "renameResource", resource: resource.name, to: name };
  const columns = resource.attributes.map((attribute) => attribute.name);
  return {
    type: "setResource",
    resource: resource.name,
    ...(chance(draw, 2) ? { describe: chance(draw, 2) ? undefined : "Said anew." } : {}),
    ...(chance(draw, 2) ? { actions: ["create", "read"] } : {}),
    ...(chance(draw, 2) ? { plural: chance(draw, 2) ? undefined : "allOfThem" } : {}),
    ...(chance(draw, 2) && columns.length > 1 ? { uniques: [columns, ...resource.uniques] } : {}),
    ...(chance(draw, 2) ? { indexes: resource.indexes.slice(1) } : {}),
  };
}

function valueObjects(draw: Draw, model: Model): ModelCommand | null {
  const name = one(draw, [...newNames, "Address", "Terms"]);
  const { valueObjects: all = [] } = model;
  if (all.length === 0 || chance(draw, 4)) return { type: "addValueObject", name };
  const valueObject = one(draw, all).name;
  if (chance(draw, 4)) return { type: "removeValueObject", valueObject };
  if (chance(draw, 2)) return { type: "renameValueObject", valueObject, to: name };
  return { type: "setValueObject", valueObject, describe: chance(draw, 2) ? undefined : "Said anew." };
}

function attributes(draw: Draw, model: Model): ModelCommand | null {
  const owners = [...model.resources, ...(model.valueObjects ?? [])];
  if (owners.length === 0) return null;
  const resource = one(draw, owners);
  const room = roomOf(model, resource);
  const [fresh = "fresh"] = freshNames(draw, takenNames({ relationships: [], ...resource }), 1);
  if (resource.attributes.length === 0 || chance(draw, 4)) {
    const { name: _name, column: _column, ...options } = drawAttribute(draw, fresh, room);
    return { type: "addAttribute", resource: resource.name, name: fresh, options };
  }
  const attribute = one(draw, resource.attributes);
  const at = { resource: resource.name, attribute: attribute.name };
  switch (draw(fc.nat, { max: 4 })) {
    case 0:
      return { type: "removeAttribute", ...at };
    case 1:
      return { type: "renameAttribute", ...at, to: fresh };
    case 2:
      return { type: "moveAttribute", ...at, before: chance(draw, 3) ? null : one(draw, resource.attributes).name };
    case 3: {
      const options = optionsIn(attribute.type) ?? [];
      if (options.length > 0) return { type: "renameChoice", ...at, option: one(draw, options).name, to: "renamed" };
      return { type: "setAttribute", ...at, options: drawOptions(draw, attribute, room) };
    }
    default:
      return { type: "setAttribute", ...at, options: drawOptions(draw, attribute, room) };
  }
}

/** A part may hold the value objects that the file of its own comes before: none holds itself. */
function roomOf(model: Model, owner: AttributeOwner): TypeRoom {
  if (isResource(owner)) return { valueObjects: model.valueObjects ?? [] };
  return { valueObjects: [], part: true };
}

function drawOptions(draw: Draw, attribute: Attribute, room: TypeRoom): AttributeOptions {
  const type = chance(draw, 2) ? drawType(draw, room) : attribute.type;
  const drawn: AttributeOptions = chance(draw, 2) ? drawValues(draw, type, room) : {};
  return {
    ...(type === attribute.type ? {} : { type }),
    ...drawn,
    ...(chance(draw, 3) ? { required: chance(draw, 2) } : {}),
    ...(chance(draw, 3) ? { unique: chance(draw, 2) } : {}),
    ...(chance(draw, 3) ? { default: undefined } : {}),
    ...(chance(draw, 3)
      ? { describe: chance(draw, 2) ? undefined : "What it is, said at some length so that lines grow long" }
      : {}),
  };
}

function relationships(draw: Draw, model: Model): ModelCommand | null {
  if (model.resources.length === 0) return null;
  const resource = one(draw, model.resources);
  const target = one(draw, model.resources);
  const taken = [...takenNames(resource), ...takenNames(target)];
  const [name = "fresh", inverse = "other"] = freshNames(draw, taken, 2);
  if (resource.relationships.length === 0 || chance(draw, 3))
    return added(draw, model, { resource, target, name, inverse });
  const relationship = one(draw, resource.relationships);
  const at = { resource: resource.name, relationship: relationship.name };
  if (chance(draw, 3)) return { type: "removeRelationship", ...at };
  if (chance(draw, 2)) return { type: "renameRelationship", ...at, to: name };
  return {
    type: "setRelationship",
    ...at,
    ...(chance(draw, 2) ? { describe: chance(draw, 2) ? undefined : "Who." } : {}),
    ...(relationship.kind === "belongsTo" ? { required: chance(draw, 2), onDelete: "cascade" } : {}),
    ...(relationship.kind === "belongsTo" && chance(draw, 2) ? { unique: chance(draw, 2) } : {}),
  };
}

function added(
  draw: Draw,
  model: Model,
  { resource, target, name, inverse }: { resource: Resource; target: Resource; name: string; inverse: string },
): ModelCommand {
  const at = { resource: resource.name, name, target: target.name };
  const other = chance(draw, 2) ? { inverse } : {};
  if (chance(draw, 2)) return { type: "addManyToMany", ...at, ...other, ...drawThrough(draw, model, at) };
  const back = target.relationships.find(({ kind, target: to }) => kind === "belongsTo" && to === resource.name);
  if (back && chance(draw, 2)) {
    return { type: chance(draw, 2) ? "addHasOne" : "addHasMany", ...at, via: back.name };
  }
  return {
    type: "addBelongsTo",
    ...at,
    ...(chance(draw, 2) ? { required: true, onDelete: "cascade" } : {}),
    ...(chance(draw, 3) ? { unique: true } : {}),
    ...other,
  };
}

/** A resource whose records link the two, where there is one. */
function drawThrough(draw: Draw, model: Model, { resource, target }: { resource: string; target: string }) {
  const join = model.resources.find(({ relationships: members }) => {
    const ends = members.filter(({ kind }) => kind === "belongsTo").map((member) => member.target);
    return ends.includes(resource) && ends.includes(target);
  });
  return join && chance(draw, 2) ? { through: join.name } : {};
}

function one<T>(draw: Draw, values: readonly T[]): T {
  return draw(() => fc.constantFrom(...values));
}
