import { isListField } from "../../model/api/listFields.ts";
import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { Attribute, Model, Resource } from "../../model/types.ts";
import { actionInputs, inputSdlText } from "./actionInputs.ts";
import { deprecatedSdl } from "./deprecatedSdl.ts";
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
  const fields = [`and: [${name}Filter!]`, `or: [${name}Filter!]`, `not: ${name}Filter`];
  if (isListField(resource, "filterable", "id")) fields.push("id: IDFilter");
  if (resource.features?.search) fields.push("search: String");
  for (const attribute of attributes) {
    if (!isListField(resource, "filterable", attribute.name)) continue;
    fields.push(`${attribute.name}: ${filterType(resource, attribute)}${deprecatedSdl(attribute.deprecated)}`);
  }
  for (const relationship of resource.relationships) {
    const deprecated = deprecatedSdl(relationship.deprecated);
    const key = foreignKeyField(relationship);
    if (relationship.kind === "belongsTo" && isListField(resource, "filterable", key)) {
      fields.push(`${key}: IDFilter${deprecated}`);
    }
    if (isListField(resource, "filterable", relationship.name)) {
      fields.push(`${relationship.name}: ${relationship.target}Filter${deprecated}`);
    }
  }
  return inputSdlText(`${name}Filter`, fields);
}

function orderSdl(resource: Resource, attributes: readonly Attribute[]): string {
  const fields = isListField(resource, "sortable", "id") ? ["id: SortDirection"] : [];
  for (const { name, type, deprecated } of attributes) {
    const order = orderType(type);
    if (order === null || !isListField(resource, "sortable", name)) continue;
    fields.push(`${name}: ${order}${deprecatedSdl(deprecated)}`);
  }
  for (const relationship of resource.relationships) {
    const deprecated = deprecatedSdl(relationship.deprecated);
    const key = foreignKeyField(relationship);
    if (relationship.kind === "belongsTo" && isListField(resource, "sortable", key)) {
      fields.push(`${key}: SortDirection${deprecated}`);
    }
    if (isToOne(relationship) && isListField(resource, "sortable", relationship.name)) {
      fields.push(`${relationship.name}: ${relationship.target}OrderBy${deprecated}`);
    }
  }
  return inputSdlText(`${resource.name}OrderBy`, fields);
}
