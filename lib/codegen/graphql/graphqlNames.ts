import type { AttributeKind, Resource } from "../../model/types.ts";

export type WriteAction = "create" | "update" | "destroy";

/** `createDeal` */
export const mutationField = (action: WriteAction, { name }: Resource) => `${action}${name}`;

/** `CreateDealPayload` */
export const payloadType = (action: WriteAction, { name }: Resource) =>
  `${action.charAt(0).toUpperCase()}${action.slice(1)}${name}Payload`;

/** Kinds whose values have types that depend on more than the kind (`valueTypes.ts`). */
type ComposedKind = "money" | "list" | "embed" | "file" | "vector";

/** The scalar that the values of a kind travel as; a choice has an enum of its own. */
export const scalars: Readonly<Record<Exclude<AttributeKind, ComposedKind>, string>> = {
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
  time: "Time",
  duration: "Duration",
  email: "String",
  url: "String",
  phone: "String",
  sequence: "String",
  encrypted: "String",
};
