import type { Model, Relationship, Resource } from "../types.ts";
import { call, object } from "./Code.ts";
import { printModule } from "./printModule.ts";
import { quoteText } from "./quoteText.ts";
import { resourceOptionCodes } from "./resourceCode.ts";
import { defaultStyle } from "./Style.ts";

/** A fresh file for a resource, leaving out all that is the default. */
export function printResource(resource: Resource, model: Model): string {
  const relationships = resource.relationships.map((relationship) => withOwner(relationship, model));
  const options = { ...object(resourceOptionCodes({ ...resource, relationships }, defaultStyle)), open: true };
  return printModule(call("resource", quoteText(resource.name, defaultStyle), options), defaultStyle);
}

/** The side of a many-to-many whose other side is not in the model has to name the join table itself. */
function withOwner(relationship: Relationship, model: Model): Relationship {
  if (relationship.kind !== "manyToMany" || relationship.owner || relationship.through !== undefined)
    return relationship;
  const target = model.resources.find(({ name }) => name === relationship.target);
  const owner = target?.relationships.find(({ name }) => name === relationship.inverse);
  return owner ? relationship : { ...relationship, owner: true };
}
