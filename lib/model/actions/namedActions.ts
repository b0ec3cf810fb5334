import type { Action, Resource } from "../types.ts";
import { actionsOf, isStandardAction } from "./actionsOf.ts";

/** The actions of a resource that are no standard ones, with those that transitions and features make. */
export function namedActions(resource: Resource): readonly Action[] {
  return actionsOf(resource).filter(({ name }) => !isStandardAction(name));
}
