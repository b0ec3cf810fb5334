import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { Attribute, Model, Resource } from "../../model/types.ts";
import { actionInputs, inputSdlText } from "./actionInputs.ts";
import { enumFilters } from "./enumSdl.ts";
import { filterType, orderType } from "./valueTypes.ts";

/** Filter, order and mutation inputs of one resource. */
export function inputSdl(model: Model, resource: Resource): string[] {
  const attributes = [...storedAttributes(resource), ...computedAttributes(model, resource)];
  return [
    filterSdl(resource, attributes),
    ...enumFilters(resource, attributes),
    orderSdl(resource, attributes),
    ...actionInputs(model, resource),
  ];
}

function filterSdl(resource: Resource, attributes: readonly Attribute[]): string {
  const { name } = resource;
  const fields = [`and: [${name}Filter!]`, `or: [${name}Filter!]`, `not: ${name}Filter`, "id: IDFilter"];
  if (resource.features?.search) fields.push("search: String");
  for (const attribute of attributes) {
    fields.push(`${attribute.name}: ${filterType(resource, attribute)}`);
  }
  for (const relationship of resource.relationships) {
    if (relationship.kind === "belongsTo") fields.push(`${foreignKeyField(relationship)}: IDFilter`);
    fields.push(`${relationship.name}: ${relationship.target}Filter`);
  }
  return inputSdlText(`${name}Filter`, fields);
}

function orderSdl(resource: Resource, attributes: readonly Attribute[]): string {
  const fields = ["id: SortDirection"];
  for (const { name, type } of attributes) {
    const order = orderType(type);
    if (order !== null) fields.push(`${name}: ${order}`);
  }
  for (const relationship of resource.relationships) {
    if (relationship.kind === "belongsTo") fields.push(`${foreignKeyField(relationship)}: SortDirection`);
    if (isToOne(relationship)) fields.push(`${relationship.name}: ${relationship.target}OrderBy`);
  }
  return inputSdlText(`${resource.name}OrderBy`, fields);
}
