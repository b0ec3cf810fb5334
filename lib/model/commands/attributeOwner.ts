import { AppError } from "../../errors/AppError.ts";
import type { AttributeRole } from "../read/optionsOf.ts";
import type { Attribute, Model, Resource, ValueObject } from "../types.ts";
import { withResource } from "./Change.ts";

/** What has attributes: commands on attributes name either. */
export type AttributeOwner = Resource | ValueObject;

/** @throws AppError `not_found` */
export function findOwner(model: Model, name: string): AttributeOwner {
  const owner =
    model.resources.find((resource) => resource.name === name) ??
    model.valueObjects?.find((valueObject) => valueObject.name === name);
  if (owner) return owner;
  throw new AppError("not_found", `There is no resource or value object \`${name}\` any more.`);
}

/** @throws AppError `not_found` */
export function findValueObject(model: Model, name: string): ValueObject {
  const valueObject = model.valueObjects?.find((candidate) => candidate.name === name);
  if (valueObject) return valueObject;
  throw new AppError("not_found", `There is no value object \`${name}\` any more.`);
}

/** @throws AppError `not_found` */
export function findPart(owner: AttributeOwner, name: string): Attribute {
  const attribute = owner.attributes.find((candidate) => candidate.name === name);
  if (attribute) return attribute;
  throw new AppError("not_found", `\`${owner.name}\` has no attribute \`${name}\` any more.`);
}

export function isResource(owner: AttributeOwner): owner is Resource {
  return "table" in owner;
}

export function roleIn(owner: AttributeOwner): AttributeRole {
  return isResource(owner) ? "attribute" : "part";
}

/** The model with other attributes in the place of those of a resource or value object. */
export function withAttributes(model: Model, owner: AttributeOwner, attributes: readonly Attribute[]): Model {
  if (isResource(owner)) return withResource(model, { ...owner, attributes });
  const valueObjects = (model.valueObjects ?? []).map((other) =>
    other.name === owner.name ? { ...owner, attributes } : other,
  );
  return withValueObjects(model, valueObjects);
}

/** The model with other value objects; without any it says nothing of them. */
export function withValueObjects(model: Model, valueObjects: readonly ValueObject[]): Model {
  const { valueObjects: _, ...rest } = model;
  return valueObjects.length === 0 ? rest : { ...rest, valueObjects };
}
