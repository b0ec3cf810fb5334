import { offeredNamedActions, offers } from "../../model/api/operations.ts";
import { readField } from "../../model/naming/actionFields.ts";
import { queryFields } from "../../model/naming/graphqlNames.ts";
import type { Model } from "../../model/types.ts";
import { commonSdl } from "./commonSdl.ts";
import { historyFieldSdl, historySdl } from "./historySdl.ts";
import { inputSdl } from "./inputSdl.ts";
import { about, inputArgument, mutationSdl } from "./mutationSdl.ts";
import { nodeFieldsSdl, nodeSdl } from "./nodeSdl.ts";
import { listArguments, objectSdl } from "./objectSdl.ts";
import { subscriptionSdl } from "./subscriptionSdl.ts";
import { summarySdl } from "./summarySdl.ts";
import { valueSdl } from "./valueSdl.ts";

/** The GraphQL schema of an app's API in the schema definition language. Deterministic: the same model gives the same text. */
export function graphqlSdl(model: Model): string {
  const queries: string[] = [];
  const mutations: string[] = [];
  for (const resource of model.resources) {
    const { name } = resource;
    if (offers(resource, "read", "graphql")) {
      const { one, many } = queryFields(resource);
      queries.push(`  ${one}(id: ID!): ${name}`);
      queries.push(`  ${many}${listArguments(resource)}: ${name}Connection!`);
    }
    queries.push(...historyFieldSdl(resource));
    for (const action of offeredNamedActions(resource, "graphql").filter(({ type }) => type === "read")) {
      const args = listArguments(resource).replace(/^\(/, `(${inputArgument(model, resource, action, ", ")}`);
      queries.push(`${about(action)}  ${readField(action.name, resource)}${args}: ${name}Connection!`);
    }
    mutations.push(...mutationSdl(model, resource));
  }
  if (model.resources.some((resource) => offers(resource, "read", "graphql"))) queries.unshift(...nodeFieldsSdl);
  return [
    commonSdl,
    nodeSdl,
    typeSdl(
      "Query",
      queries.length > 0 ? queries : ['  "An app needs a readable resource before it can be asked." empty: Boolean'],
    ),
    ...(mutations.length > 0 ? [typeSdl("Mutation", mutations)] : []),
    ...valueSdl(model),
    ...historySdl(model),
    ...subscriptionSdl(model),
    ...summarySdl(model),
    ...model.resources.flatMap((resource) => [...objectSdl(model, resource), ...inputSdl(model, resource)]),
  ].join("\n\n");
}

const typeSdl = (name: string, fields: readonly string[]) => `type ${name} {\n${fields.join("\n")}\n}`;
