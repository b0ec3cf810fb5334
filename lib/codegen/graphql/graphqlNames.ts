import { enumName } from "../../model/naming/enumName.ts";
import type { Attribute, AttributeType, Resource } from "../../model/types.ts";

export type WriteAction = "create" | "update" | "destroy";

/** `createDeal` */
export const mutationField = (action: WriteAction, { name }: Resource) => `${action}${name}`;

/** `CreateDealPayload` */
export const payloadType = (action: WriteAction, { name }: Resource) =>
  `${action.charAt(0).toUpperCase()}${action.slice(1)}${name}Payload`;

/** The type that an attribute's value has: a scalar, or the enum of a choice. */
export const valueType = (resource: Resource, attribute: Attribute) =>
  attribute.type.kind === "choice" ? enumName(resource, attribute) : scalarType(attribute.type);

/** The scalar that a value travels as; a choice needs its resource to be named (`valueType`). */
export function scalarType(type: AttributeType): string {
  switch (type.kind) {
    case "text":
    case "choice":
      return "String";
    case "integer":
      return "Int";
    case "bigint":
      return "BigInt";
    case "decimal":
      return "Decimal";
    case "boolean":
      return "Boolean";
    case "date":
      return "Date";
    case "timestamp":
      return "DateTime";
    case "uuid":
      return "UUID";
    case "json":
      return "JSON";
  }
}
