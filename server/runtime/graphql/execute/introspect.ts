import { executeSync, type FieldNode, Kind, type OperationDefinitionNode } from "graphql";
import type { GraphqlApp } from "../GraphqlApp.ts";
import type { VariableValues } from "../plan/VariableValues.ts";
import type { Operation } from "../request/Operation.ts";
import { formatError } from "./formatError.ts";
import type { RootAnswer } from "./RootAnswer.ts";

const encoder = new TextEncoder();

/** `__schema` and `__type` are about the schema, not the app's data: graphql-js answers them. */
export function introspect(
  app: GraphqlApp,
  { node, document }: Operation,
  asked: { readonly nodes: readonly FieldNode[]; readonly as: string; readonly variables: VariableValues },
): RootAnswer {
  const only: OperationDefinitionNode = {
    ...node,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...asked.nodes] },
  };
  const definitions = document.definitions.map((definition) => (definition === node ? only : definition));
  const result = executeSync({
    schema: app.schema,
    document: { ...document, definitions },
    operationName: node.name?.value ?? null,
    variableValues: givenIn(asked.variables),
  });
  const json = [encoder.encode(JSON.stringify(result.data?.[asked.as] ?? null))];
  return { name: asked.as, json, errors: (result.errors ?? []).map((error) => formatError(error)), nonNull: false };
}

/** Variables as they were sent: graphql-js coerces them itself. */
function givenIn({ sources }: VariableValues): Record<string, unknown> {
  const given = Object.entries(sources).filter(([, { value }]) => value !== undefined);
  return Object.fromEntries(given.map(([name, { value }]) => [name, value]));
}
