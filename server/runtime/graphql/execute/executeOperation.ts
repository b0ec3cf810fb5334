import { type FieldNode, type GraphQLFormattedError, getVariableValues, type OperationDefinitionNode } from "graphql";
import type { Actor, RunPlan } from "#lib/plan/types.ts";
import type { GraphqlApp } from "../GraphqlApp.ts";
import { collectFields, type FieldContext } from "../plan/collectFields.ts";
import type { CheckedDocument } from "../request/DocumentCache.ts";
import type { GraphqlRequest } from "../request/GraphqlRequest.ts";
import { answerMutation } from "./answerMutation.ts";
import { answerQuery } from "./answerQuery.ts";
import { formatError } from "./formatError.ts";
import { introspect } from "./introspect.ts";
import type { RootAnswer } from "./RootAnswer.ts";

/** Who asks, and how plans are run for them. */
export interface Execution {
  readonly actor: Actor;
  readonly run: RunPlan;
  /** Takes what was thrown while a field was answered: foreseen errors to be counted, others to be logged. */
  readonly onDefect: (error: unknown) => void;
}

/** Either what the root fields came to, in the order asked for, or why nothing could be run. */
export type OperationAnswer =
  | { readonly kind: "answers"; readonly answers: readonly RootAnswer[] }
  | { readonly kind: "refused"; readonly errors: readonly GraphQLFormattedError[] };

/** Runs one operation of a checked document: queries side by side, mutations one after the other. */
export async function executeOperation(
  app: GraphqlApp,
  checked: CheckedDocument,
  asked: {
    readonly operation: OperationDefinitionNode;
    readonly request: GraphqlRequest;
    readonly execution: Execution;
  },
): Promise<OperationAnswer> {
  const { operation, request, execution } = asked;
  const { variableValues, errors } = getVariableValues(
    app.schema,
    operation.variableDefinitions ?? [],
    request.variables,
    { maxErrors: 20 },
  );
  if (!variableValues) return { kind: "refused", errors: (errors ?? []).map((error) => formatError(error)) };
  const fields: FieldContext = { fragments: checked.fragments, variables: variableValues };
  const roots = [...collectFields([operation.selectionSet], fields)];

  const answer = async (as: string, nodes: readonly FieldNode[]): Promise<RootAnswer> => {
    const name = nodes[0]?.name.value ?? "";
    if (name === "__typename") return constant(as, operation.operation === "mutation" ? "Mutation" : "Query");
    if (name === "__schema" || name === "__type") {
      const json = [introspect(app, checked, { operation, nodes, as, variables: request.variables })];
      return { name: as, json, errors: [], nonNull: false };
    }
    const mutation = operation.operation === "mutation" ? app.mutations.get(name) : undefined;
    if (mutation) return answerMutation(app, mutation, { as, nodes, fields, execution });
    const query = app.queries.get(name);
    if (query) return answerQuery(app, query, { as, nodes, fields, execution });
    return { name: as, json: null, errors: [], nonNull: false };
  };

  if (operation.operation !== "mutation") {
    return { kind: "answers", answers: await Promise.all(roots.map(([as, nodes]) => answer(as, nodes))) };
  }
  const answers: RootAnswer[] = [];
  for (const [as, nodes] of roots) answers.push(await answer(as, nodes));
  return { kind: "answers", answers };
}

const constant = (name: string, value: string): RootAnswer => ({
  name,
  json: [Buffer.from(JSON.stringify(value))],
  errors: [],
  nonNull: true,
});
