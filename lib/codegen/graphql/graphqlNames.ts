import { enumName } from "../../model/naming/enumName.ts";
import type { Attribute, AttributeKind, Resource } from "../../model/types.ts";

export type WriteAction = "create" | "update" | "destroy";

/** `createDeal` */
export const mutationField = (action: WriteAction, { name }: Resource) => `${action}${name}`;

/** `CreateDealPayload` */
export const payloadType = (action: WriteAction, { name }: Resource) =>
  `${action.charAt(0).toUpperCase()}${action.slice(1)}${name}Payload`;

/** The type that an attribute's value has: a scalar, or the enum of a choice. */
export const valueType = (resource: Resource, attribute: Attribute) =>
  attribute.type.kind === "choice" ? enumName(resource, attribute) : scalars[attribute.type.kind];

/** The scalar that the values of a kind travel as; a choice has an enum of its own (`valueType`). */
export const scalars: Readonly<Record<AttributeKind, string>> = {
  text: "String",
  choice: "String",
  integer: "Int",
  bigint: "BigInt",
  decimal: "Decimal",
  boolean: "Boolean",
  date: "Date",
  timestamp: "DateTime",
  uuid: "UUID",
  json: "JSON",
  time: "String",
  duration: "String",
  email: "String",
  url: "String",
  phone: "String",
  money: "JSON",
  list: "JSON",
  embed: "JSON",
  file: "JSON",
  sequence: "String",
  vector: "JSON",
  encrypted: "String",
};
