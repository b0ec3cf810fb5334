import { GraphQLError, type SelectionSetNode, type ValidationContext, type ValidationRule } from "graphql";

/** A validation rule: fields nested deeper than so many levels are refused before anything is planned. */
export const depthLimit =
  (deepest: number): ValidationRule =>
  (context) => {
    const depthOf = depthsIn(context);
    return {
      OperationDefinition(node) {
        // Introspection tools nest `ofType` by themselves and read nothing of the app.
        const introspects = node.selectionSet.selections.every(
          (selection) => selection.kind === "Field" && selection.name.value.startsWith("__"),
        );
        if (!introspects && depthOf(node.selectionSet) > deepest) {
          context.reportError(
            new GraphQLError(`The operation nests deeper than ${deepest} levels. Ask in several operations.`, {
              nodes: node,
            }),
          );
        }
      },
    };
  };

/** Levels of fields in a selection. Each is looked at once, however many fragments spread it. */
function depthsIn(context: ValidationContext): (set: SelectionSetNode) => number {
  const known = new Map<SelectionSetNode, number>();
  const depthOf = (set: SelectionSetNode): number => {
    const depth = known.get(set);
    if (depth !== undefined) return depth;
    // A fragment that spreads itself is refused by a rule of its own.
    known.set(set, 0);
    let most = 0;
    for (const selection of set.selections) {
      if (selection.kind === "Field") {
        if (selection.selectionSet) most = Math.max(most, depthOf(selection.selectionSet));
      } else {
        const inner =
          selection.kind === "InlineFragment"
            ? selection.selectionSet
            : context.getFragment(selection.name.value)?.selectionSet;
        // What a fragment brings stands where the fragment is spread.
        if (inner) most = Math.max(most, depthOf(inner) - 1);
      }
    }
    known.set(set, most + 1);
    return most + 1;
  };
  return depthOf;
}
