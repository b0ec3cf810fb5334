import type { GraphQLField, GraphQLObjectType } from "graphql";
import type { RootField } from "./RootField.ts";

/** The arguments of a root field as they are in this request, coerced. */
export function argumentsOf(
  type: GraphQLObjectType | null | undefined,
  root: Pick<RootField, "nodes" | "fields">,
): Record<string, unknown> {
  const [node] = root.nodes;
  if (!node) throw new Error("There is no field.");
  return root.fields.variables.argumentsOf(rootField(type, root), node);
}

/** Arguments of which those that are variables are `Held`. */
export function heldArgumentsOf(
  type: GraphQLObjectType | null | undefined,
  root: Pick<RootField, "nodes" | "fields">,
): Record<string, unknown> {
  const [node] = root.nodes;
  if (!node) throw new Error("There is no field.");
  return root.fields.variables.heldArgumentsOf(rootField(type, root), node);
}

function rootField(
  type: GraphQLObjectType | null | undefined,
  { nodes: [node] }: Pick<RootField, "nodes">,
): GraphQLField<unknown, unknown> {
  const definition = node && type?.getFields()[node.name.value];
  if (!definition) throw new Error("The field is not of the type.");
  return definition;
}
