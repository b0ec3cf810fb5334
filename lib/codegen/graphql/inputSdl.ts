import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import { ownsLinks } from "../../model/relationships/ownsLinks.ts";
import type { Resource } from "../../model/types.ts";
import { operatorsSdl } from "./commonSdl.ts";
import { valueType } from "./graphqlNames.ts";

/** Filter, order and mutation inputs of one resource. */
export function inputSdl(resource: Resource): string[] {
  return [
    filterSdl(resource),
    ...enumFilters(resource),
    orderSdl(resource),
    ...(resource.actions.includes("create") ? [writeSdl(resource, "Create")] : []),
    ...(resource.actions.includes("update") ? [writeSdl(resource, "Update")] : []),
  ];
}

function filterSdl(resource: Resource): string {
  const { name } = resource;
  const fields = [`and: [${name}Filter!]`, `or: [${name}Filter!]`, `not: ${name}Filter`, "id: IDFilter"];
  if (resource.features?.search) fields.push("search: String");
  for (const attribute of storedAttributes(resource)) {
    fields.push(`${attribute.name}: ${valueType(resource, attribute)}Filter`);
  }
  for (const relationship of resource.relationships) {
    if (relationship.kind === "belongsTo") fields.push(`${foreignKeyField(relationship)}: IDFilter`);
    fields.push(`${relationship.name}: ${relationship.target}Filter`);
  }
  return inputType(`${name}Filter`, fields);
}

const enumFilters = (resource: Resource) =>
  storedAttributes(resource)
    .filter(({ type }) => type.kind === "choice")
    .map((attribute) => operatorsSdl(valueType(resource, attribute), "choice"));

function orderSdl(resource: Resource): string {
  const fields = ["id: SortDirection"];
  for (const { name, type } of storedAttributes(resource))
    if (type.kind !== "json") fields.push(`${name}: SortDirection`);
  for (const relationship of resource.relationships) {
    if (relationship.kind === "belongsTo") fields.push(`${foreignKeyField(relationship)}: SortDirection`);
    if (isToOne(relationship)) fields.push(`${relationship.name}: ${relationship.target}OrderBy`);
  }
  return inputType(`${resource.name}OrderBy`, fields);
}

function writeSdl(resource: Resource, action: "Create" | "Update"): string {
  const fields: string[] = [];
  const must = (needed: boolean) => (needed && action === "Create" ? "!" : "");
  if (action === "Create" && resource.key.default?.kind !== "generated") {
    fields.push(`id: ID${must(resource.key.default === undefined)}`);
  }
  for (const attribute of storedAttributes(resource)) {
    const type = valueType(resource, attribute);
    fields.push(`${attribute.name}: ${type}${must(attribute.required && attribute.default === undefined)}`);
  }
  for (const relationship of resource.relationships) {
    if (relationship.kind === "belongsTo")
      fields.push(`${foreignKeyField(relationship)}: ID${must(relationship.required)}`);
    if (ownsLinks(relationship)) fields.push(`${relationship.name}: [ID!]`);
  }
  return inputType(`${resource.name}${action}Input`, fields.length > 0 ? fields : ["_: Boolean"]);
}

const inputType = (name: string, fields: readonly string[]) =>
  `input ${name} {\n${fields.map((field) => `  ${field}`).join("\n")}\n}`;
