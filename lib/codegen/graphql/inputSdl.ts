import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import { ownsLinks } from "../../model/relationships/ownsLinks.ts";
import type { Attribute, Model, Resource } from "../../model/types.ts";
import { writableAttributes } from "../writableAttributes.ts";
import { enumFilters } from "./enumSdl.ts";
import { filterType, inputType, orderType } from "./valueTypes.ts";

/** Filter, order and mutation inputs of one resource. */
export function inputSdl(model: Model, resource: Resource): string[] {
  const attributes = [...storedAttributes(resource), ...computedAttributes(model, resource)];
  return [
    filterSdl(resource, attributes),
    ...enumFilters(resource, attributes),
    orderSdl(resource, attributes),
    ...(resource.actions.includes("create") ? [writeSdl(resource, "Create")] : []),
    ...(resource.actions.includes("update") ? [writeSdl(resource, "Update")] : []),
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
  return inputSdlOf(`${name}Filter`, fields);
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
  return inputSdlOf(`${resource.name}OrderBy`, fields);
}

function writeSdl(resource: Resource, action: "Create" | "Update"): string {
  const fields: string[] = [];
  const must = (needed: boolean) => (needed && action === "Create" ? "!" : "");
  if (action === "Create" && resource.key.default?.kind !== "generated") {
    fields.push(`id: ID${must(resource.key.default === undefined)}`);
  }
  for (const attribute of writableAttributes(resource, action === "Create" ? "create" : "update")) {
    const type = inputType(resource, attribute);
    fields.push(`${attribute.name}: ${type}${must(attribute.required && attribute.default === undefined)}`);
  }
  for (const relationship of resource.relationships) {
    if (relationship.kind === "belongsTo")
      fields.push(`${foreignKeyField(relationship)}: ID${must(relationship.required)}`);
    if (ownsLinks(relationship)) fields.push(`${relationship.name}: [ID!]`);
  }
  return inputSdlOf(`${resource.name}${action}Input`, fields.length > 0 ? fields : ["_: Boolean"]);
}

const inputSdlOf = (name: string, fields: readonly string[]) =>
  `input ${name} {\n${fields.map((field) => `  ${field}`).join("\n")}\n}`;
