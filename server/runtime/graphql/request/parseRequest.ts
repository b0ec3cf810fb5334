import { AppError } from "#lib/errors/AppError.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import type { GraphqlRequest } from "./GraphqlRequest.ts";
import { isDeeper } from "./nestingLimit.ts";

const deepestVariables = 100;

/** What arrives over HTTP; `body` is empty for GET. */
export interface HttpInput {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Reads a request as the GraphQL over HTTP specification has it. Throws AppError with status 400, 405 or 415. */
export function parseRequest({ method, query, contentType, body }: HttpInput): GraphqlRequest {
  if (method === "GET") {
    return checked({
      query: query.get("query") ?? undefined,
      operationName: query.get("operationName") ?? undefined,
      variables: jsonParameter(query, "variables"),
    });
  }
  if (method !== "POST") throw new AppError("method_not_allowed", "Send GraphQL by POST or GET.");
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError("unsupported_media_type", "Send the request as application/json.");
  }
  return checked(parseJson(body, "The body is not valid JSON."));
}

function jsonParameter(query: URLSearchParams, name: string): unknown {
  const text = query.get(name);
  return text === null || text === "" ? undefined : parseJson(text, `The parameter ${name} is not valid JSON.`);
}

function parseJson(text: string, complaint: string): unknown {
  try {
    return parseExactJson(text);
  } catch (cause) {
    throw new AppError("invalid_request", complaint, { cause });
  }
}

function checked(input: unknown): GraphqlRequest {
  if (!isObject(input)) throw new AppError("invalid_request", "The body must be one JSON object with `query`.");
  const { query, operationName, variables, extensions } = input;
  if (typeof query !== "string") throw new AppError("invalid_request", "Give the operation as text in `query`.");
  if (operationName != null && typeof operationName !== "string") {
    throw new AppError("invalid_request", "`operationName` must be text.");
  }
  if (variables != null && !isObject(variables)) {
    throw new AppError("invalid_request", "`variables` must be an object.");
  }
  if (extensions != null && !isObject(extensions)) {
    throw new AppError("invalid_request", "`extensions` must be an object.");
  }
  if (isDeeper(variables, deepestVariables)) {
    throw new AppError("invalid_request", `\`variables\` may nest at most ${deepestVariables} levels deep.`);
  }
  return { query, operationName: operationName ?? null, variables: variables ?? {} };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
