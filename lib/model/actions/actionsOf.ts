import type { Action, ActionName, Resource } from "../types.ts";

type Acting = Pick<Resource, "actions" | "definedActions" | "states" | "features">;

const known = new WeakMap<Acting, readonly Action[]>();

/**
 * Every action of a resource: the standard ones that it has, with what is said of them, then those with names of their
 * own, then those that transitions and features make: updates that accept nothing.
 */
export function actionsOf(resource: Acting): readonly Action[] {
  const found = known.get(resource) ?? allActions(resource);
  known.set(resource, found);
  return found;
}

export function isStandardAction(name: string): name is ActionName {
  return name === "read" || name === "create" || name === "update" || name === "destroy";
}

/** The action that brings destroyed records back, where they are kept. */
export const restoreAction: Action = { name: "restore", type: "update" };

function allActions({ actions, definedActions = [], states, features }: Acting): readonly Action[] {
  const standard = actions.map((name) => definedActions.find((action) => action.name === name) ?? { name, type: name });
  const named = definedActions.filter(({ name }) => !isStandardAction(name));
  const names = new Set([...standard, ...named].map(({ name }) => name));
  const made = new Set((states?.transitions ?? []).map(({ action }) => action).filter((action) => !names.has(action)));
  const restore = features?.softDelete && actions.includes("destroy") ? [restoreAction] : [];
  return [...standard, ...named, ...[...made].map((name) => ({ name, type: "update" }) as const), ...restore];
}
