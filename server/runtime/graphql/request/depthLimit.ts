import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  type SelectionSetNode,
  type ValidationContext,
} from "graphql";

const deepest = 20;

/** A validation rule: fields nested deeper than a person would write are refused before anything is planned. */
export function depthLimit(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      // Introspection tools nest `ofType` by themselves and read nothing of the app.
      const introspects = node.selectionSet.selections.every(
        (selection) => selection.kind === "Field" && selection.name.value.startsWith("__"),
      );
      if (!introspects && isDeeper(node.selectionSet, deepest, context, [])) {
        context.reportError(
          new GraphQLError(`The operation nests deeper than ${deepest} levels. Ask in several operations.`, {
            nodes: node,
          }),
        );
      }
    },
  };
}

function isDeeper(
  set: SelectionSetNode,
  left: number,
  context: ValidationContext,
  within: readonly FragmentDefinitionNode[],
): boolean {
  if (left === 0) return true;
  return set.selections.some((selection) => {
    if (selection.kind === "Field") {
      return selection.selectionSet ? isDeeper(selection.selectionSet, left - 1, context, within) : false;
    }
    if (selection.kind === "InlineFragment") return isDeeper(selection.selectionSet, left, context, within);
    const fragment = context.getFragment(selection.name.value);
    // A fragment that spreads itself is refused by a rule of its own.
    if (!fragment || within.includes(fragment)) return false;
    return isDeeper(fragment.selectionSet, left, context, [...within, fragment]);
  });
}
