import { graphqlName, offeredActions, offeredNamedActions } from "../api/operations.ts";
import type { Resource } from "../types.ts";
import { capital } from "../words/capital.ts";
import { camelCase } from "./camelCase.ts";

type Named = Pick<Resource, "name" | "plural" | "api">;

/** `createDeal`, `winDeal`: the field of an action on one record, or as the action is called in GraphQL. */
export const mutationField = (action: string, resource: Named) =>
  graphqlName(resource, action) ?? `${action}${resource.name}`;

/** `winManyDeals`: the field of an action on many; whatever the action is called, it keeps the action's own name. */
export const manyField = (action: string, { plural }: Named) => `${action}Many${capital(plural)}`;

/** `hotDeals`: the field of a named read, or as the action is called in GraphQL. */
export const readField = (action: string, resource: Named) =>
  graphqlName(resource, action) ?? `${action}${capital(resource.plural)}`;

/** `dealHistory`: the field of the changes of one record. */
export const historyField = ({ name }: Named) => `${camelCase(name)}History`;

/** `dealChanged`: the subscription to the changes of a resource. */
export const changedField = ({ name }: Pick<Resource, "name">) => `${camelCase(name)}Changed`;

/** A field of a type of GraphQL, and the action whose it is. */
export interface ActionField {
  readonly type: "Query" | "Mutation";
  readonly field: string;
  readonly action: string;
}

/** All fields that the actions of a resource take in GraphQL, the standard ones first; what is hidden takes none. */
export function actionFields(resource: Resource): readonly ActionField[] {
  const mutation = (action: string, field: string): ActionField => ({ type: "Mutation", field, action });
  const many = (action: string) => mutation(action, manyField(action, resource));
  const actions = offeredActions(resource, "graphql");
  return [
    ...(resource.features?.history && actions.includes("read")
      ? [{ type: "Query", field: historyField(resource), action: "read" } as const]
      : []),
    ...actions.filter((action) => action !== "read").map((action) => mutation(action, mutationField(action, resource))),
    ...(actions.includes("create") && actions.includes("update")
      ? [mutation("create", mutationField("upsert", resource))]
      : []),
    ...actions.filter((action) => action === "update" || action === "destroy").map(many),
    ...offeredNamedActions(resource, "graphql").flatMap(({ name, type }): readonly ActionField[] => {
      if (type === "read") return [{ type: "Query", field: readField(name, resource), action: name }];
      const one = mutation(name, mutationField(name, resource));
      return type === "create" ? [one] : [one, many(name)];
    }),
  ];
}
