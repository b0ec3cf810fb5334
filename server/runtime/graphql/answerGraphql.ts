import { GraphQLError, type OperationDefinitionNode } from "graphql";
import { AppError } from "#lib/errors/AppError.ts";
import { answerBody, refusalBody } from "./execute/answerBody.ts";
import { type Execution, executeOperation } from "./execute/executeOperation.ts";
import { formatError } from "./execute/formatError.ts";
import type { GraphqlApp } from "./GraphqlApp.ts";
import type { CheckedDocument } from "./request/DocumentCache.ts";
import { type HttpInput, parseRequest } from "./request/parseRequest.ts";

/** What goes back over HTTP. */
export interface GraphqlAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
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
  const refuse = (errors: readonly GraphQLError[]) => ({
    status: modern ? 400 : 200,
    contentType,
    body: refusalBody(errors.map((error) => formatError(error))),
  });
  try {
    const request = parseRequest(input);
    const checked = app.documents.check(request.query);
    if (!("document" in checked)) return refuse(checked);
    const operation = chosenOperation(checked, request.operationName);
    if (operation instanceof GraphQLError) return refuse([operation]);
    if (input.method === "GET" && operation.operation !== "query") {
      throw new AppError("method_not_allowed", "Send mutations by POST.");
    }
    const answer = await executeOperation(app, checked, { operation, request, execution });
    if (answer.kind === "refused") {
      return { status: modern ? 400 : 200, contentType, body: refusalBody(answer.errors) };
    }
    return { status: 200, contentType, body: answerBody(answer.answers) };
  } catch (error) {
    execution.onDefect(error);
    const status = error instanceof AppError ? error.status : 500;
    return { status, contentType, body: refusalBody([formatError(error)]) };
  }
}

function chosenOperation({ operations }: CheckedDocument, name: string | null): OperationDefinitionNode | GraphQLError {
  const [only, ...others] = operations;
  if (name === null) {
    if (only && others.length === 0) return only;
    return new GraphQLError("Say in `operationName` which operation of the document to run.");
  }
  const named = operations.find((operation) => operation.name?.value === name);
  return named ?? new GraphQLError(`The document has no operation called ${name}.`);
}
