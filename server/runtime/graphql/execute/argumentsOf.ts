import { type GraphQLObjectType, getArgumentValues } from "graphql";
import type { RootField } from "./RootField.ts";

/** The arguments of a root field, coerced. */
export function argumentsOf(
  type: GraphQLObjectType | null | undefined,
  { nodes: [node], fields }: RootField,
): Record<string, unknown> {
  const definition = node && type?.getFields()[node.name.value];
  if (!node || !definition) throw new Error("The field is not of the type.");
  return getArgumentValues(definition, node, fields.variables);
}
