import { actionsOf, isStandardAction } from "#lib/model/actions/actionsOf.ts";
import type { Action, Resource } from "#lib/model/types.ts";

/** The columns of the matrix: the standard actions, and all that have names of their own. */
export const columns = [
  { id: "read", title: "Read" },
  { id: "create", title: "Create" },
  { id: "update", title: "Update" },
  { id: "destroy", title: "Destroy" },
  { id: "named", title: "Named actions" },
] as const;

export type Column = (typeof columns)[number]["id"];

export function isColumn(id: string): id is Column {
  return columns.some((column) => column.id === id);
}

/** The actions of a resource that stand in one cell. */
export function cellActions(resource: Resource, column: Column): readonly Action[] {
  return actionsOf(resource).filter(({ name }) => (column === "named" ? !isStandardAction(name) : name === column));
}
