import * as fc from "fast-check";
import type { AttributeOptions, ModelCommand } from "../commands/ModelCommand.ts";
import type { Attribute, Model, Resource } from "../types.ts";
import type { Draw } from "./arbitraryModel.ts";
import { chance, drawAttribute, drawType, drawValues, freshNames, takenNames } from "./arbitraryModel.ts";

type Of<T extends ModelCommand["type"]> = Extract<ModelCommand, { readonly type: T }>;

const newNames = ["Purchase", "SalesPerson", "Sheep", "Zebra", "HTTPRoute", "Order", "Tag"];

/** A command that speaks of things in the model; it may still be refused. Null when the model has nothing of the kind. */
export function drawCommand(draw: Draw, model: Model): ModelCommand | null {
  const makers = [app, resources, attributes, relationships, attributes, relationships];
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

function attributes(draw: Draw, model: Model): ModelCommand | null {
  if (model.resources.length === 0) return null;
  const resource = one(draw, model.resources);
  const [fresh = "fresh"] = freshNames(draw, takenNames(resource), 1);
  if (resource.attributes.length === 0 || chance(draw, 4)) {
    const { name: _name, column: _column, ...options } = drawAttribute(draw, fresh);
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
    case 3:
      if (attribute.type.kind === "choice") {
        return { type: "renameChoice", ...at, option: one(draw, attribute.type.options).name, to: "renamed" };
      }
      return { type: "setAttribute", ...at, options: drawOptions(draw, attribute) };
    default:
      return { type: "setAttribute", ...at, options: drawOptions(draw, attribute) };
  }
}

function drawOptions(draw: Draw, attribute: Attribute): AttributeOptions {
  const type = chance(draw, 2) ? drawType(draw) : attribute.type;
  const drawn: AttributeOptions = chance(draw, 2) ? drawValues(draw, type) : {};
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
  if (resource.relationships.length === 0 || chance(draw, 3)) return added(draw, { resource, target, name, inverse });
  const relationship = one(draw, resource.relationships);
  const at = { resource: resource.name, relationship: relationship.name };
  if (chance(draw, 3)) return { type: "removeRelationship", ...at };
  if (chance(draw, 2)) return { type: "renameRelationship", ...at, to: name };
  return {
    type: "setRelationship",
    ...at,
    ...(chance(draw, 2) ? { describe: chance(draw, 2) ? undefined : "Who." } : {}),
    ...(relationship.kind === "belongsTo" ? { required: chance(draw, 2), onDelete: "cascade" } : {}),
  };
}

function added(
  draw: Draw,
  { resource, target, name, inverse }: { resource: Resource; target: Resource; name: string; inverse: string },
): ModelCommand {
  const at = { resource: resource.name, name, target: target.name };
  const other = chance(draw, 2) ? { inverse } : {};
  if (chance(draw, 2)) return { type: "addManyToMany", ...at, ...other };
  const back = target.relationships.find(({ kind, target: to }) => kind === "belongsTo" && to === resource.name);
  if (back && chance(draw, 2)) return { type: "addHasMany", ...at, via: back.name };
  return { type: "addBelongsTo", ...at, ...(chance(draw, 2) ? { required: true, onDelete: "cascade" } : {}), ...other };
}

function one<T>(draw: Draw, values: readonly T[]): T {
  return draw(() => fc.constantFrom(...values));
}
