import type { DirectiveNode, FieldNode, FragmentDefinitionNode, NamedTypeNode, SelectionSetNode } from "graphql";
import { nodeInterface } from "#lib/codegen/graphql/graphqlNames.ts";
import type { Variables } from "./Variables.ts";

/** What the walk through an operation needs at hand. */
export interface FieldContext {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Variables;
}

/**
 * The fields that the selections of one object ask for, merged by response name in the order of the specification.
 * `type` is the object's own, where fragments about other types may stand among them.
 */
export function collectFields(
  selections: readonly (SelectionSetNode | undefined)[],
  context: FieldContext,
  type: string | null = null,
): Map<string, FieldNode[]> {
  const walk: Walk = { context, type, fields: new Map(), visited: new Set() };
  for (const selection of selections) if (selection) collect(selection, walk);
  return walk.fields;
}

interface Walk {
  readonly context: FieldContext;
  readonly type: string | null;
  readonly fields: Map<string, FieldNode[]>;
  readonly visited: Set<string>;
}

function collect({ selections }: SelectionSetNode, walk: Walk): void {
  const { fields, visited, context } = walk;
  for (const node of selections) {
    if (!isIncluded(node, context)) continue;
    if (node.kind === "Field") {
      const name = node.alias?.value ?? node.name.value;
      const same = fields.get(name);
      if (same) same.push(node);
      else fields.set(name, [node]);
    } else if (node.kind === "InlineFragment") {
      if (applies(node.typeCondition, walk)) collect(node.selectionSet, walk);
    } else if (!visited.has(node.name.value)) {
      visited.add(node.name.value);
      const fragment = context.fragments.get(node.name.value);
      if (fragment && applies(fragment.typeCondition, walk)) collect(fragment.selectionSet, walk);
    }
  }
}

function applies(condition: NamedTypeNode | undefined, { type }: Walk): boolean {
  return type === null || !condition || condition.name.value === type || condition.name.value === nodeInterface;
}

function isIncluded(
  { directives }: { readonly directives?: readonly DirectiveNode[] | undefined },
  { variables }: FieldContext,
): boolean {
  return !directives || directives.length === 0 || variables.isIncluded(directives);
}
