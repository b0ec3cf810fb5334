import type { Attribute, Resource } from "../types.ts";
import { typeSuffixes } from "./graphqlNames.ts";

/**
 * The name of the enumeration type of a choice in GraphQL and in generated clients: `Order.stage` to `OrderStage`.
 * Where that is a type of the resource itself, `Choice` follows: `Device.connection` to `DeviceConnectionChoice`.
 */
export function enumName(resource: Pick<Resource, "name">, attribute: Pick<Attribute, "name">): string {
  const ending = attribute.name.slice(0, 1).toUpperCase() + attribute.name.slice(1);
  return resource.name + ending + (typeSuffixes.includes(ending) ? "Choice" : "");
}
