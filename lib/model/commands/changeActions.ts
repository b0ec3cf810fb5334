import { AppError } from "../../errors/AppError.ts";
import { actionsOf, isStandardAction } from "../actions/actionsOf.ts";
import { fieldNameShape } from "../naming/nameShape.ts";
import { reservedField } from "../naming/reservedNames.ts";
import { actionNames } from "../read/readActions.ts";
import { renameInExpressions } from "../rename/renameInExpressions.ts";
import type { Action, Model, Resource } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { withList } from "./changeLists.ts";
import { refused } from "./checkName.ts";
import { findResource } from "./findParts.ts";

export function setAction(model: Model, { resource: of, action }: CommandOf<"setAction">): Change {
  const resource = findResource(model, of);
  const defined = resource.definedActions ?? [];
  const isThere = defined.some(({ name }) => name === action.name);
  if (!isThere && !isStandardAction(action.name)) checkActionName(resource, action.name, "name");
  if (isStandardAction(action.name) && action.type !== action.name) {
    throw refused("type", "wrong_type", `The action \`${action.name}\` is of the type \`${action.name}\`.`);
  }
  const next = isThere ? defined.map((other) => (other.name === action.name ? action : other)) : [...defined, action];
  const actions = actionNames.filter((name) => name === action.name || resource.actions.includes(name));
  return withList(model, { ...resource, actions }, "definedActions", inOrder(next));
}

export function removeAction(model: Model, { resource: of, action }: CommandOf<"removeAction">): Change {
  const resource = findResource(model, of);
  const defined = resource.definedActions ?? [];
  const isStandard = resource.actions.some((name) => name === action);
  if (!isStandard && !defined.some(({ name }) => name === action)) throw gone(resource, action);
  const actions = resource.actions.filter((name) => name !== action);
  return withList(
    model,
    { ...resource, actions },
    "definedActions",
    defined.filter(({ name }) => name !== action),
  );
}

/** Follows the name into transitions, policies and checks. */
export function renameAction(model: Model, { resource: of, action, to }: CommandOf<"renameAction">): Change {
  const resource = findResource(model, of);
  if (!actionsOf(resource).some(({ name }) => name === action)) throw gone(resource, action);
  if (isStandardAction(action)) throw refused("action", "reserved_name", `\`${action}\` keeps its name.`);
  if (action === to) return changed(model);
  checkActionName(resource, to, "to");
  const now = (name: string) => (name === action ? to : name);
  const { definedActions, states, policies, validations, api } = resource;
  return changed(
    withResource(model, {
      ...resource,
      ...(api?.operations
        ? { api: { ...api, operations: api.operations.map((one) => ({ ...one, action: now(one.action) })) } }
        : {}),
      ...(definedActions ? { definedActions: definedActions.map((one) => ({ ...one, name: now(one.name) })) } : {}),
      ...(states
        ? { states: { ...states, transitions: states.transitions.map((one) => ({ ...one, action: now(one.action) })) } }
        : {}),
      ...(policies ? { policies: policies.map((one) => ({ ...one, actions: one.actions.map(now) })) } : {}),
      ...(validations
        ? { validations: validations.map((one) => (one.actions ? { ...one, actions: one.actions.map(now) } : one)) }
        : {}),
    }),
  );
}

/** Follows the name into every expression that sees the argument. */
export function renameArgument(model: Model, command: CommandOf<"renameArgument">): Change {
  const { resource: of, action: named, argument: from, to } = command;
  const action = findResource(model, of).definedActions?.find(({ name }) => name === named);
  const argument = action?.arguments?.find(({ name }) => name === from);
  if (!action || !argument) throw new AppError("not_found", `\`${named}\` has no argument \`${from}\` any more.`);
  if (from === to) return changed(model);
  checkShape(to, "to");
  if (action.arguments?.some(({ name }) => name === to)) {
    throw refused("to", "duplicate_name", `\`${named}\` has an argument \`${to}\` already. Choose another name.`);
  }
  const followed = renameInExpressions(model, (reference, slot) =>
    reference.kind === "argument" && reference.name === from && slot?.arguments.includes(argument) ? to : null,
  );
  const resource = findResource(followed, of);
  const definedActions = resource.definedActions?.map((one) =>
    one.name === named
      ? {
          ...one,
          arguments: one.arguments?.map((other) => (other.name === from ? { ...other, name: to } : other)) ?? [],
        }
      : one,
  );
  return changed(withResource(followed, { ...resource, definedActions: definedActions ?? [] }));
}

/** Standard actions first, as they are printed. */
function inOrder(actions: readonly Action[]): readonly Action[] {
  const standard = actionNames.flatMap((name) => actions.filter((action) => action.name === name));
  return [...standard, ...actions.filter(({ name }) => !isStandardAction(name))];
}

function checkActionName(resource: Resource, name: string, field: string): void {
  checkShape(name, field);
  if (isStandardAction(name) || resource.definedActions?.some((action) => action.name === name)) {
    const message = `\`${resource.name}\` has an action \`${name}\` already. Choose another name.`;
    throw refused(field, "duplicate_name", message);
  }
}

function checkShape(name: string, field: string): void {
  const shape = fieldNameShape(name);
  if (shape) throw refused(field, "name_shape", shape);
  const meaning = reservedField(name);
  if (meaning) throw refused(field, "reserved_name", `\`${name}\` is ${meaning}. Choose another name.`);
}

function gone(resource: Resource, action: string): AppError {
  return new AppError("not_found", `\`${resource.name}\` has no action \`${action}\` any more.`);
}
