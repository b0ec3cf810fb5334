import { type FieldNode, type GraphQLFormattedError, getVariableValues, type OperationDefinitionNode } from "graphql";
import { AppError } from "#lib/errors/AppError.ts";
import type { Actor, RunPlan } from "#lib/plan/types.ts";
import type { GraphqlApp } from "../GraphqlApp.ts";
import { collectFields, type FieldContext } from "../plan/collectFields.ts";
import type { CheckedDocument } from "../request/DocumentCache.ts";
import type { GraphqlRequest } from "../request/GraphqlRequest.ts";
import { variableNumbers } from "../request/variableNumbers.ts";
import { answerHistory } from "./answerHistory.ts";
import { answerMutation } from "./answerMutation.ts";
import { answerQuery } from "./answerQuery.ts";
import { formatError } from "./formatError.ts";
import { introspect } from "./introspect.ts";
import type { RootAnswer } from "./RootAnswer.ts";

/** How many fields of the query or mutation type one operation may ask for; each is a statement of its own. */
const mostRoots = 50;
const tooManyRoots = new AppError(
  "invalid_request",
  `Ask for at most ${mostRoots} fields of the root at once. Send several requests.`,
);

/** Who asks, and how plans are run for them. */
export interface Execution {
  readonly actor: Actor;
  readonly run: RunPlan;
  /** Takes what was not foreseen, or is no fault of the caller, for the log. */
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
  const definitions = operation.variableDefinitions ?? [];
  const variables = variableNumbers(app.schema, definitions, request.variables);
  const { variableValues, errors } = getVariableValues(app.schema, definitions, variables, { maxErrors: 20 });
  if (!variableValues) return { kind: "refused", errors: (errors ?? []).map((error) => formatError(error)) };
  const fields: FieldContext = { fragments: checked.fragments, variables: variableValues };
  const roots = [...collectFields([operation.selectionSet], fields)];
  if (roots.length > mostRoots) return { kind: "refused", errors: [formatError(tooManyRoots)] };

  const answer = async (as: string, nodes: readonly FieldNode[]): Promise<RootAnswer> => {
    const name = nodes[0]?.name.value ?? "";
    if (name === "__typename") return constant(as, operation.operation === "mutation" ? "Mutation" : "Query");
    if (name === "__schema" || name === "__type") {
      return introspect(app, checked, { operation, nodes, as, variables });
    }
    const mutation = operation.operation === "mutation" ? app.mutations.get(name) : undefined;
    if (mutation) return answerMutation(app, mutation, { as, nodes, fields, execution });
    const query = app.queries.get(name);
    if (query) return answerQuery(app, query, { as, nodes, fields, execution });
    const history = app.histories.get(name);
    if (history) return answerHistory(app, history, { as, nodes, fields, execution });
    return { name: as, json: null, errors: [], nonNull: false };
  };

  if (operation.operation !== "mutation") {
    return { kind: "answers", answers: await Promise.all(roots.map(([as, nodes]) => answer(as, nodes))) };
  }
  const answers: RootAnswer[] = [];
  for (const [as, nodes] of roots) {
    const latest = await answer(as, nodes);
    answers.push(latest);
    // All of `data` is lost; nobody would learn what the mutations that follow have done.
    if (latest.nonNull && latest.json === null) break;
  }
  return { kind: "answers", answers };
}

const constant = (name: string, value: string): RootAnswer => ({
  name,
  json: [Buffer.from(JSON.stringify(value))],
  errors: [],
  nonNull: true,
});
