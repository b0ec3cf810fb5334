import type { FieldNode } from "graphql";
import { collectFields, type FieldContext } from "../plan/collectFields.ts";

/** The members of an object by their names in the schema, each made from the fields that ask for it. */
export type Members = Readonly<Record<string, (nodes: readonly FieldNode[]) => unknown>>;

/** An object with the members that were asked for, under the names they were asked for by. */
export function picked(nodes: readonly FieldNode[], context: FieldContext, members: Members): Record<string, unknown> {
  const sets = nodes.map(({ selectionSet }) => selectionSet);
  return Object.fromEntries(
    [...collectFields(sets, context)].map(([as, inner]) => [as, members[inner[0]?.name.value ?? ""]?.(inner) ?? null]),
  );
}
