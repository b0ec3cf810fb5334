import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { AppError } from "#lib/errors/AppError.ts";
import { answerBody, refusalBody } from "./execute/answerBody.ts";
import type { Execution } from "./execute/Execution.ts";
import { executeOperation } from "./execute/executeOperation.ts";
import { formatError, isDefect } from "./execute/formatError.ts";
import type { GraphqlApp } from "./GraphqlApp.ts";
import type { CheckedDocument } from "./request/DocumentCache.ts";
import type { Operation } from "./request/Operation.ts";
import { type HttpInput, parseRequest } from "./request/parseRequest.ts";

/** What goes back over HTTP. */
export interface GraphqlAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Names and values in turn. */
  readonly headers: readonly string[];
}

const graphqlResponse = "application/graphql-response+json";

/**
 * One GraphQL request over HTTP. The status follows the GraphQL over HTTP specification: a client that accepts
 * `application/graphql-response+json` gets 400 for what could not be run; plain JSON gets 200, as old clients expect.
 */
export async function answerGraphql(
  app: GraphqlApp,
  input: HttpInput & { readonly accept: string | undefined },
  execution: Execution,
): Promise<GraphqlAnswer> {
  const modern = (input.accept ?? "").includes(graphqlResponse);
  const contentType = `${modern ? graphqlResponse : "application/json"}; charset=utf-8`;
  const answer = (status: number, body: Uint8Array): GraphqlAnswer => ({ status, contentType, body, headers: [] });
  const refuse = (errors: readonly GraphQLFormattedError[]) => answer(modern ? 400 : 200, refusalBody(errors));
  try {
    const request = parseRequest(input);
    const checked = app.documents.check(request.query);
    if (!("operations" in checked)) return refuse(checked.map((error) => formatError(error)));
    const operation = chosenOperation(checked, request.operationName);
    if (operation instanceof GraphQLError) return refuse([formatError(operation)]);
    if (input.method === "GET" && operation.kind !== "query") {
      throw new AppError("method_not_allowed", "Send mutations by POST.");
    }
    const executed = await executeOperation(app, operation, { variables: request.variables, execution });
    return executed.kind === "refused" ? refuse(executed.errors) : answer(200, answerBody(executed.answers));
  } catch (error) {
    // Directives that only the variables show to be wrong.
    if (error instanceof GraphQLError && !isDefect(error)) return refuse([formatError(error)]);
    if (isDefect(error)) execution.onDefect(error);
    const status = error instanceof AppError ? error.status : 500;
    const headers = status === 405 ? ["allow", input.method === "GET" ? "POST" : "GET, POST, OPTIONS"] : [];
    return { ...answer(status, refusalBody([formatError(error)])), headers };
  }
}

function chosenOperation({ operations }: CheckedDocument, name: string | null): Operation | GraphQLError {
  const [only, ...others] = operations;
  if (name === null) {
    if (only && others.length === 0) return only;
    return new GraphQLError("Say in `operationName` which operation of the document to run.");
  }
  const named = operations.find((operation) => operation.name === name);
  return named ?? new GraphQLError(`The document has no operation called ${name}.`);
}
