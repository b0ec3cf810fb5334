import type { Model, Relationship } from "../types.ts";
import { withResource } from "./Change.ts";
import { checkFieldName } from "./checkName.ts";
import { findResource } from "./findParts.ts";

/** @throws AppError `invalid_model` when its name, which the caller gave as `field`, cannot be taken. */
export function addRelationship(
  model: Model,
  to: string,
  { relationship, field }: { readonly relationship: Relationship; readonly field: string },
): Model {
  const resource = findResource(model, to);
  checkFieldName(resource, relationship.name, { field, kind: relationship.kind });
  return withResource(model, { ...resource, relationships: [...resource.relationships, relationship] });
}
