import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { formatError } from "../execute/formatError.ts";
import type { GraphqlApp } from "../GraphqlApp.ts";
import { documentText } from "../persisted/documentText.ts";
import type { CheckedDocument } from "./DocumentCache.ts";
import type { GraphqlRequest } from "./GraphqlRequest.ts";
import type { Operation } from "./Operation.ts";

/** The operation that a request asks for, of a document that fits the schema; or why there is none. */
export function chosenOperation(
  app: GraphqlApp,
  request: GraphqlRequest,
): Operation | readonly GraphQLFormattedError[] {
  const text = documentText(app, request);
  if (text instanceof GraphQLError) return [formatError(text)];
  const checked = app.documents.check(text);
  if (!("operations" in checked)) return checked.map((error) => formatError(error));
  const operation = operationNamed(checked, request.operationName);
  return operation instanceof GraphQLError ? [formatError(operation)] : operation;
}

function operationNamed({ operations }: CheckedDocument, name: string | null): Operation | GraphQLError {
  const [only, ...others] = operations;
  if (name === null) {
    if (only && others.length === 0) return only;
    return new GraphQLError("Say in `operationName` which operation of the document to run.");
  }
  const named = operations.find((operation) => operation.name === name);
  return named ?? new GraphQLError(`The document has no operation called ${name}.`);
}
