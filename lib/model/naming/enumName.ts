import type { Attribute, Resource } from "../types.ts";

/** The name of the enumeration type of a choice in GraphQL and in generated clients: `Order.stage` to `OrderStage`. */
export function enumName(resource: Pick<Resource, "name">, attribute: Pick<Attribute, "name">): string {
  return resource.name + attribute.name.slice(0, 1).toUpperCase() + attribute.name.slice(1);
}
