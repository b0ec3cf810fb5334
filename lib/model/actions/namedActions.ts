import type { Action, ActionName, Resource } from "../types.ts";
import { actionsOf } from "./actionsOf.ts";

export const standardActions: readonly ActionName[] = ["read", "create", "update", "destroy"];

export function isStandard(name: string): boolean {
  return standardActions.some((standard) => standard === name);
}

type Acting = Pick<Resource, "actions" | "definedActions" | "states" | "features">;

/** The actions of a resource that are no standard ones, with those that its transitions and features make. */
export function namedActions(resource: Acting): readonly Action[] {
  return actionsOf(resource).filter(({ name }) => !isStandard(name));
}

/** The named action of a resource, of the types asked for; null where there is none. */
export function namedAction(resource: Acting, name: string, types: readonly ActionName[]): Action | null {
  return namedActions(resource).find((action) => action.name === name && types.includes(action.type)) ?? null;
}
