import type { Action, ActionName, Resource } from "../types.ts";
import { actionsOf, isStandardAction } from "./actionsOf.ts";

/** The actions of a resource that are no standard ones, with those that transitions and features make. */
export function namedActions(resource: Resource): readonly Action[] {
  return actionsOf(resource).filter(({ name }) => !isStandardAction(name));
}

/** The named action of a resource, of the types asked for; null where there is none. */
export function namedAction(resource: Resource, name: string, types: readonly ActionName[]): Action | null {
  return namedActions(resource).find((action) => action.name === name && types.includes(action.type)) ?? null;
}
