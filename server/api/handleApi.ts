import { AppError } from "#lib/errors/AppError.ts";
import type { Principal } from "../access/Principal.ts";
import { bearerToken } from "../auth/bearerToken.ts";
import { principalOfToken } from "../auth/principalOfToken.ts";
import { database } from "../database.ts";
import { limitedText } from "../http/limitBody.ts";
import { limitOf } from "../http/limits.ts";
import { problemResponse } from "../http/problemResponse.ts";
import { countTry } from "../http/rateLimit.ts";
import { logDefect } from "../log.ts";
import type { Context } from "../trpc/context.ts";
import { requestContext } from "../trpc/requestContext.ts";
import type { Answer } from "./Answer.ts";
import { answerOf, base, etagOf } from "./answerOf.ts";
import { callProcedure } from "./callProcedure.ts";
import { type Found, findRoute } from "./findRoute.ts";
import { readInput } from "./input/readInput.ts";
import { answerOnce } from "./once/answerOnce.ts";
import { openApiText } from "./openapi/openApiText.ts";
import type { Method } from "./Route.ts";

const largestBody = 4 * 1024 * 1024;

/** Headers of every answer, whatever becomes of the request. */
type Always = Record<string, string>;

/**
 * The control plane's REST API (docs/management-api.md): the procedures by HTTP, for programs. Only tokens are taken and
 * never a browser's cookie, so that no page can send anything in somebody's name.
 */
export async function handleApi(request: Request): Promise<Response> {
  const ctx = requestContext(request.headers, null);
  const always: Always = { "x-request-id": ctx.requestId, "cache-control": "private, no-cache" };
  const answer = await answered(request, ctx, always).catch((error: unknown) => problem(error, request, ctx));
  const headers = new Headers({ ...always, ...answer.headers });
  const isEmpty = request.method === "HEAD" || answer.body === null;
  return new Response(isEmpty ? null : answer.body, { status: answer.status, headers });
}

async function answered(request: Request, ctx: Context, always: Always): Promise<Answer> {
  const url = new URL(request.url);
  const path = url.pathname.slice(base.length).replace(/\/$/, "");
  const method = request.method === "HEAD" ? "GET" : request.method;
  if (path === "/openapi.json") return document(method, request.headers);
  const found = findRoute(path);
  if (!found) throw new AppError("not_found", `There is no such operation. The list is at ${base}/openapi.json.`);
  const allow = allowOf(found);
  if (method === "OPTIONS") return { status: 204, headers: { allow }, body: null };
  const route = found.methods.get(method as Method);
  if (!route) {
    always.allow = allow;
    throw new AppError(
      "method_not_allowed",
      `Here one can ${allow.replaceAll(",", " or").replace(" or OPTIONS", "")}.`,
    );
  }
  const who = await principalOf(request, ctx);
  await count(who, always);
  const body = method === "GET" ? "" : await limitedText(request, largestBody);
  const contentType = request.headers.get("content-type");
  const input = readInput({ route, params: found.params, query: url.searchParams, body, contentType });
  const work = async (): Promise<Answer> => {
    const result = await callProcedure({ ...ctx, who }, route.procedure, input);
    return answerOf({ route, params: found.params, input, url }, result);
  };
  const key = request.headers.get("idempotency-key");
  if (method === "POST" && key !== null && who.credentialId !== null) {
    const keyed = { tokenId: who.credentialId, key, request: `POST ${url.pathname}${url.search}\n${body}` };
    return await answerOnce(ctx.system, keyed, () => work().catch((error: unknown) => problem(error, request, ctx)));
  }
  return method === "GET" ? unlessKnown(await work(), request.headers) : await work();
}

async function principalOf({ headers }: Request, { address }: Context): Promise<Principal> {
  const token = bearerToken(headers);
  if (token === null) throw new AppError("unauthenticated", "Send a token: Authorization: Bearer gt_…");
  return await principalOfToken(database(), { token, address });
}

async function count({ credentialId, user }: Principal, always: Always): Promise<void> {
  const limit = limitOf("api:token", credentialId ?? user.id);
  always["ratelimit-policy"] = `"token";q=${limit.limit};w=${limit.windowSeconds}`;
  const { tries, seconds } = await countTry(database(), [limit]);
  always.ratelimit = `"token";r=${tries};t=${seconds}`;
}

function document(method: string, headers: Headers): Answer {
  if (method === "OPTIONS") return { status: 204, headers: { allow: "GET, HEAD, OPTIONS" }, body: null };
  if (method !== "GET") throw new AppError("method_not_allowed", "Here one can GET.");
  const body = openApiText();
  return unlessKnown({ status: 200, headers: { "content-type": "application/json" }, body }, headers);
}

/** With its validator, and without its body for whoever has that already. */
function unlessKnown(answer: Answer, given: Headers): Answer {
  if (answer.body === null) return answer;
  const etag = etagOf(answer.body);
  const headers = { ...answer.headers, etag };
  const known = (given.get("if-none-match") ?? "").split(",").map((entry) => entry.trim().replace(/^W\//, ""));
  if (!known.includes(etag) && !known.includes("*")) return { ...answer, headers };
  return { status: 304, headers: { etag }, body: null };
}

function allowOf({ methods }: Found): string {
  const all = [...methods.keys()].flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return [...all, "OPTIONS"].join(", ");
}

async function problem(error: unknown, request: Request, { requestId }: Context): Promise<Answer> {
  const response = problemResponse(known(error, request, requestId), { requestId });
  const headers: Record<string, string> = Object.fromEntries(response.headers);
  if (response.status === 401) headers["www-authenticate"] = 'Bearer realm="Gantry"';
  return { status: response.status, headers, body: await response.text() };
}

function known(error: unknown, { method, url }: Request, requestId: string): AppError {
  if (error instanceof AppError) return error;
  logDefect("A request of the API failed.", error, { method, path: new URL(url).pathname, requestId });
  return new AppError("internal", "Something went wrong on our side. Try again in a moment.");
}
