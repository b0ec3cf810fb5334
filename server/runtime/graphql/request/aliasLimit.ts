import { GraphQLError, type ValidationRule } from "graphql";

/** A validation rule: one document gives so many fields another name, as is done to ask for the same again and again. */
export const aliasLimit =
  (most: number): ValidationRule =>
  (context) => {
    let aliases = 0;
    return {
      Field(node) {
        if (!node.alias) return;
        aliases += 1;
        if (aliases !== most + 1) return;
        context.reportError(
          new GraphQLError(`The document has more than ${most} aliases. Ask in several operations.`, { nodes: node }),
        );
      },
    };
  };
