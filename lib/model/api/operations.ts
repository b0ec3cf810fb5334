import { namedActions } from "../actions/namedActions.ts";
import type { Action, ActionName, OperationSettings, Resource } from "../types.ts";

export type Protocol = "rest" | "graphql";

type WithApi = Pick<Resource, "api">;

/** What is said of an action in the APIs; undefined where it shows as every action does. */
export function operationOf({ api }: WithApi, action: string): OperationSettings | undefined {
  return api?.operations?.find((operation) => operation.action === action);
}

/** Whether a protocol offers an action that the resource has. */
export function isOffered(resource: WithApi, action: string, protocol: Protocol): boolean {
  return resource.api?.operations === undefined || operationOf(resource, action)?.[protocol] !== false;
}

/** Whether a protocol offers the standard action. */
export function offers(resource: Pick<Resource, "api" | "actions">, action: ActionName, protocol: Protocol): boolean {
  return resource.actions.includes(action) && isOffered(resource, action, protocol);
}

/** The standard actions that a protocol offers. */
export function offeredActions(resource: Pick<Resource, "api" | "actions">, protocol: Protocol): readonly ActionName[] {
  if (resource.api?.operations === undefined) return resource.actions;
  return resource.actions.filter((action) => isOffered(resource, action, protocol));
}

/** The named actions that a protocol offers. */
export function offeredNamedActions(resource: Resource, protocol: Protocol): readonly Action[] {
  if (resource.api?.operations === undefined) return namedActions(resource);
  return namedActions(resource).filter(({ name }) => isOffered(resource, name, protocol));
}

/** What a named action is called in paths: its own name or the one that it was given. */
export function restName(resource: WithApi, action: string): string {
  const name = operationOf(resource, action)?.rest;
  return typeof name === "string" ? name : action;
}

/** What the field of an action is called in GraphQL, where it was given a name. */
export function graphqlName(resource: WithApi, action: string): string | undefined {
  const name = operationOf(resource, action)?.graphql;
  return typeof name === "string" ? name : undefined;
}

/** The named action that REST offers under a name; null where there is none. */
export function actionAtPath(resource: Resource, name: string): Action | null {
  return offeredNamedActions(resource, "rest").find((action) => restName(resource, action.name) === name) ?? null;
}
