import { GraphQLError, type ValidationRule } from "graphql";

/** A validation rule for apps that do not tell their schema. `__typename` tells nothing that one has not asked for. */
export const noIntrospection: ValidationRule = (context) => ({
  Field(node) {
    const name = node.name.value;
    if (name !== "__schema" && name !== "__type") return;
    context.reportError(new GraphQLError(`This app does not tell its schema: ${name} is turned off.`, { nodes: node }));
  },
});
