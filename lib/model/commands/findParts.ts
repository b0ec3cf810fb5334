import { AppError } from "../../errors/AppError.ts";
import type { Model, Relationship, Resource } from "../types.ts";

/** @throws AppError `not_found` */
export function findResource(model: Model, name: string): Resource {
  const resource = model.resources.find((candidate) => candidate.name === name);
  if (resource) return resource;
  throw new AppError("not_found", `There is no resource \`${name}\` any more.`);
}

/** @throws AppError `not_found` */
export function findRelationship(resource: Resource, name: string): Relationship {
  const relationship = resource.relationships.find((candidate) => candidate.name === name);
  if (relationship) return relationship;
  throw new AppError("not_found", `\`${resource.name}\` has no relationship \`${name}\` any more.`);
}
