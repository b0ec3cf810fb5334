import { AppError } from "#lib/errors/AppError.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import type { GraphqlRequest } from "./GraphqlRequest.ts";
import { isDeeper } from "./isDeeper.ts";

const deepestVariables = 100;
/** How many requests may come in one list. */
const longestBatch = 10;

/** What arrives over HTTP; `body` is empty for GET. */
export interface HttpInput {
  readonly method: string;
  /** What follows the question mark, still encoded. */
  readonly query: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Reads what the GraphQL over HTTP specification has, or a list of it. Throws AppError with status 400, 405 or 415. */
export function parseRequest(input: HttpInput): GraphqlRequest | readonly GraphqlRequest[] {
  if (input.method === "GET") return fromUrl(new URLSearchParams(input.query));
  if (input.method !== "POST") throw new AppError("method_not_allowed", "Send GraphQL by POST or GET.");
  checkType(input.contentType);
  const body = parseJson(input.body, "The body is not valid JSON.");
  if (!Array.isArray(body)) return checked(body);
  if (body.length === 0 || body.length > longestBatch) {
    throw new AppError("invalid_request", `Send between 1 and ${longestBatch} requests in a list.`);
  }
  return body.map(checked);
}

function fromUrl(parameters: URLSearchParams): GraphqlRequest {
  const text = (name: string) => parameters.get(name) ?? undefined;
  return checked({
    query: text("query"),
    documentId: text("documentId"),
    operationName: text("operationName"),
    variables: jsonParameter(parameters, "variables"),
    extensions: jsonParameter(parameters, "extensions"),
  });
}

function checkType(contentType = ""): void {
  // Nearly every client writes it like this.
  if (contentType === "application/json") return;
  const [type = "", ...parameters] = contentType.split(";").map((part) => part.trim().toLowerCase());
  if (type !== "application/json") {
    throw new AppError("unsupported_media_type", "Send the request as application/json.");
  }
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length);
  if (charset !== undefined && !/^"?utf-?8"?$/.test(charset)) {
    throw new AppError("unsupported_media_type", "Send the request in UTF-8.");
  }
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
  if (!isObject(input)) throw new AppError("invalid_request", "A request is one JSON object with `query`.");
  const { query, operationName, variables, extensions, documentId } = input;
  const hash = hashIn(extensions);
  if (query != null && typeof query !== "string") {
    throw new AppError("invalid_request", "Give the operation as text in `query`.");
  }
  if (documentId != null && typeof documentId !== "string") {
    throw new AppError("invalid_request", "`documentId` must be text.");
  }
  if (query == null && documentId == null && hash === null) {
    throw new AppError("invalid_request", "Give the operation as text in `query`.");
  }
  if (operationName != null && typeof operationName !== "string") {
    throw new AppError("invalid_request", "`operationName` must be text.");
  }
  if (variables != null && !isObject(variables)) {
    throw new AppError("invalid_request", "`variables` must be an object.");
  }
  if (isDeeper(variables, deepestVariables)) {
    throw new AppError("invalid_request", `\`variables\` may nest at most ${deepestVariables} levels deep.`);
  }
  return {
    query: query ?? null,
    hash,
    documentId: documentId ?? null,
    operationName: operationName ?? null,
    variables: variables ?? {},
  };
}

/** `{"persistedQuery": {"version": 1, "sha256Hash": "…"}}` */
function hashIn(extensions: unknown): string | null {
  if (extensions === undefined || extensions === null) return null;
  if (!isObject(extensions)) throw new AppError("invalid_request", "`extensions` must be an object.");
  const { persistedQuery } = extensions;
  if (persistedQuery === undefined || persistedQuery === null) return null;
  const { version, sha256Hash } = isObject(persistedQuery) ? persistedQuery : {};
  if (version !== 1 || typeof sha256Hash !== "string" || !/^[0-9a-f]{64}$/.test(sha256Hash)) {
    throw new AppError(
      "invalid_request",
      "`persistedQuery` holds `version` 1 and `sha256Hash`, 64 hexadecimal digits.",
    );
  }
  return sha256Hash;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
