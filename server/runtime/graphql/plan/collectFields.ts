import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  type SelectionSetNode,
} from "graphql";
import type { VariableValues } from "./VariableValues.ts";

/** What the walk through an operation needs at hand. */
export interface FieldContext {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: VariableValues;
}

/**
 * The fields that the selections of one object ask for, merged by response name in the order of the specification.
 * Every type of an app is an object type, so a fragment applies when it was validated at all.
 */
export function collectFields(
  selections: readonly (SelectionSetNode | undefined)[],
  context: FieldContext,
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  for (const selection of selections) if (selection) collect(selection, context, fields, visited);
  return fields;
}

function collect(
  { selections }: SelectionSetNode,
  context: FieldContext,
  fields: Map<string, FieldNode[]>,
  visited: Set<string>,
): void {
  for (const node of selections) {
    if (!isIncluded(node, context)) continue;
    if (node.kind === "Field") {
      const name = node.alias?.value ?? node.name.value;
      const same = fields.get(name);
      if (same) same.push(node);
      else fields.set(name, [node]);
    } else if (node.kind === "InlineFragment") {
      collect(node.selectionSet, context, fields, visited);
    } else if (!visited.has(node.name.value)) {
      visited.add(node.name.value);
      const fragment = context.fragments.get(node.name.value);
      if (fragment) collect(fragment.selectionSet, context, fields, visited);
    }
  }
}

function isIncluded(node: { readonly directives?: readonly DirectiveNode[] | undefined }, { variables }: FieldContext) {
  if (!node.directives || node.directives.length === 0) return true;
  const holder = { directives: node.directives };
  if (getDirectiveValues(GraphQLSkipDirective, holder, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, holder, variables)?.if !== false;
}
