import { actionsOf } from "../actions/actionsOf.ts";
import type { Action, Argument, Resource } from "../types.ts";

/** The actions that names stand for: their own, a type's (`update`: all updates), or `*` for all. */
export function actionsNamed(resource: Resource, names: readonly string[]): readonly Action[] {
  const all = actionsOf(resource);
  return all.filter(({ name, type }) => names.includes("*") || names.includes(name) || names.includes(type));
}

/** The arguments that each of the actions has, with the same type. */
export function sharedArguments(actions: readonly Action[]): readonly Argument[] {
  const [first, ...rest] = actions;
  const shared = (argument: Argument, action: Action) =>
    action.arguments?.some(
      ({ name, type }) => name === argument.name && JSON.stringify(type) === JSON.stringify(argument.type),
    );
  return (first?.arguments ?? []).filter((argument) => rest.every((action) => shared(argument, action)));
}
