import { executeSync, type FieldNode, Kind, type OperationDefinitionNode } from "graphql";
import type { GraphqlApp } from "../GraphqlApp.ts";
import type { CheckedDocument } from "../request/DocumentCache.ts";
import { formatError } from "./formatError.ts";
import type { RootAnswer } from "./RootAnswer.ts";

const encoder = new TextEncoder();

/** `__schema` and `__type` are about the schema, not the app's data: graphql-js answers them. */
export function introspect(
  app: GraphqlApp,
  { document }: CheckedDocument,
  asked: {
    readonly operation: OperationDefinitionNode;
    readonly nodes: readonly FieldNode[];
    readonly as: string;
    readonly variables: Readonly<Record<string, unknown>>;
  },
): RootAnswer {
  const only: OperationDefinitionNode = {
    ...asked.operation,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...asked.nodes] },
  };
  const definitions = document.definitions.map((definition) => (definition === asked.operation ? only : definition));
  const result = executeSync({
    schema: app.schema,
    document: { ...document, definitions },
    operationName: asked.operation.name?.value ?? null,
    variableValues: asked.variables,
  });
  const json = [encoder.encode(JSON.stringify(result.data?.[asked.as] ?? null))];
  return { name: asked.as, json, errors: (result.errors ?? []).map((error) => formatError(error)), nonNull: false };
}
