import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { AppError } from "#lib/errors/AppError.ts";
import { answerBody, batchBody, refusalBody } from "./execute/answerBody.ts";
import type { Execution } from "./execute/Execution.ts";
import { executeOperation } from "./execute/executeOperation.ts";
import { formatError, isDefect } from "./execute/formatError.ts";
import type { RootAnswer } from "./execute/RootAnswer.ts";
import type { GraphqlApp } from "./GraphqlApp.ts";
import { chosenOperation } from "./request/chosenOperation.ts";
import type { GraphqlRequest } from "./request/GraphqlRequest.ts";
import type { Operation } from "./request/Operation.ts";
import { type HttpInput, parseRequest } from "./request/parseRequest.ts";
import { type ResponseType, responseType } from "./request/responseType.ts";

export interface GraphqlInput extends HttpInput {
  readonly accept: string | undefined;
  /** Counts so many requests more than one; throws AppError where that is over a rate. */
  readonly charge?: (requests: number) => void;
}

/** What goes back over HTTP. */
export interface GraphqlAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Names and values in turn. */
  readonly headers: readonly string[];
}

const contentTypes: Readonly<Record<ResponseType, string>> = {
  "application/graphql-response+json": "application/graphql-response+json; charset=utf-8",
  "application/json": "application/json; charset=utf-8",
};

/**
 * A GraphQL request over HTTP, or a list of them. The status follows the GraphQL over HTTP specification: a client that
 * accepts `application/graphql-response+json` gets 400 for what could not be run; plain JSON gets 200, as old clients
 * expect. A list is answered by a list, each of its requests as if it were alone, by the same actor.
 */
export async function answerGraphql(
  app: GraphqlApp,
  input: GraphqlInput,
  execution: Execution,
): Promise<GraphqlAnswer> {
  const type = responseType(input.accept);
  const contentType = contentTypes[type];
  const answer = ({ status, body, headers }: Outcome): GraphqlAnswer => ({ status, contentType, body, headers });
  try {
    const asked = parseRequest(input);
    if (isBatch(asked)) {
      input.charge?.(asked.length - 1);
      return answer(done(batchBody(await runAll(app, asked, execution))));
    }
    const { status, ...outcome } = await runOne(app, prepared(app, asked, input.method), execution);
    const isOld = status === "refused" && type === "application/json";
    return answer({ ...outcome, status: status === "refused" ? (isOld ? 200 : 400) : status });
  } catch (error) {
    // Whoever is over a rate is told so as everywhere.
    if (error instanceof AppError && error.code === "rate_limited") throw error;
    const { status, ...outcome } = thrown(error, execution);
    const headers = status === 405 ? ["allow", "GET, POST, OPTIONS"] : outcome.headers;
    return answer({ ...outcome, status: status === "refused" ? 400 : status, headers });
  }
}

interface Outcome<Status = number> {
  readonly status: Status;
  readonly body: Uint8Array;
  readonly headers: readonly string[];
}

/** `refused`: nothing of it could be run, which each type of answer has a status of its own for. */
type Result = Outcome<number | "refused">;

const streamed = new AppError(
  "not_acceptable",
  "Subscribe with Accept: text/event-stream, or over a WebSocket with the protocol graphql-transport-ws.",
);

/** When to come back to an app that had more requests than it could serve. */
const soon = ["retry-after", "1"];

/** Nothing was answered, for want of a database that could: clients and what stands between understand a status. */
function isUnavailable(answers: readonly RootAnswer[]): boolean {
  if (answers.length === 0) return false;
  return answers.every(({ json, errors }) => json === null && errors.length > 0 && errors.every(isOfLoad));
}

const isOfLoad = ({ extensions }: GraphQLFormattedError) => extensions?.code === "unavailable";

const done = (body: Uint8Array) => ({ status: 200, body, headers: [] });

const refused = (errors: readonly GraphQLFormattedError[]): Result => ({
  status: "refused",
  body: refusalBody(errors),
  headers: [],
});

function isBatch(asked: GraphqlRequest | readonly GraphqlRequest[]): asked is readonly GraphqlRequest[] {
  return Array.isArray(asked);
}

interface Prepared {
  readonly operation: Operation;
  readonly request: GraphqlRequest;
}

/** The operation that a request is for, or why there is none to run. */
function prepared(app: GraphqlApp, request: GraphqlRequest, method: string): Prepared | Result {
  const operation = chosenOperation(app, request);
  if (!("kind" in operation)) return refused(operation);
  if (operation.kind === "subscription") return refused([formatError(streamed)]);
  if (method !== "GET" || operation.kind === "query") return { operation, request };
  const error = new AppError("method_not_allowed", "Send mutations by POST.");
  return { status: 405, body: refusalBody([formatError(error)]), headers: ["allow", "POST"] };
}

async function runOne(app: GraphqlApp, asked: Prepared | Result, execution: Execution): Promise<Result> {
  if (!("operation" in asked)) return asked;
  const { operation, request } = asked;
  try {
    const executed = await executeOperation(app, operation, { variables: request.variables, execution });
    if (executed.kind === "refused") return refused(executed.errors);
    const body = answerBody(executed.answers);
    return isUnavailable(executed.answers) ? { status: 503, body, headers: soon } : done(body);
  } catch (error) {
    return thrown(error, execution);
  }
}

/** Queries side by side; where something is changed, one after the other. */
async function runAll(
  app: GraphqlApp,
  asked: readonly GraphqlRequest[],
  execution: Execution,
): Promise<readonly Uint8Array[]> {
  const all = asked.map((request) => prepared(app, request, "POST"));
  const isChange = all.some((one) => "operation" in one && one.operation.kind !== "query");
  const bodies: Uint8Array[] = [];
  if (!isChange) return (await Promise.all(all.map((one) => runOne(app, one, execution)))).map(({ body }) => body);
  for (const one of all) bodies.push((await runOne(app, one, execution)).body);
  return bodies;
}

function thrown(error: unknown, { onDefect }: Execution): Result {
  // Directives that only the variables show to be wrong.
  if (error instanceof GraphQLError && !isDefect(error)) return refused([formatError(error)]);
  if (isDefect(error)) onDefect(error);
  const status = error instanceof AppError ? error.status : 500;
  return { status, body: refusalBody([formatError(error)]), headers: status === 503 ? soon : [] };
}
