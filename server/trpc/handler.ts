import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { AppError } from "#lib/errors/AppError.ts";
import { bearerToken } from "../auth/bearerToken.ts";
import { userOfCookies } from "../auth/session.ts";
import { userOfToken } from "../auth/userOfToken.ts";
import { database } from "../database.ts";
import { answering } from "../http/answering.ts";
import { clientAddress } from "../http/clientAddress.ts";
import { cookiesOf } from "../http/cookiesOf.ts";
import { limitedText } from "../http/limitBody.ts";
import { RateLimitedError } from "../http/RateLimitedError.ts";
import { requireSameOrigin } from "../http/sameOrigin.ts";
import type { Context, SessionUser } from "./context.ts";
import { rootRouter } from "./root.ts";

const largestInput = 4 * 1024 * 1024;
const largestBatch = 20;

/** tRPC over HTTP. Changes need a JSON body sent by a page of our own origin, or by a program that is no browser. */
export const handleTrpc = answering(async (request: Request): Promise<Response> => {
  const bounded = request.method === "POST" ? await checkedPost(request) : request;
  const program = await userOfBearer(request.headers);
  return await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: bounded,
    router: rootRouter,
    maxBatchSize: largestBatch,
    createContext: () => requestContext(request.headers, program),
    responseMeta({ errors }) {
      const waits = errors.flatMap(({ cause }) => (cause instanceof RateLimitedError ? [cause.retryAfterSeconds] : []));
      return {
        headers: new Headers({
          "cache-control": "private, no-store",
          ...(waits.length > 0 && { "retry-after": String(Math.max(...waits)) }),
        }),
      };
    },
  });
});

/** Who asks, from the fields of their request: a program with a personal token, or a browser. */
async function requestContext(headers: Headers, program: SessionUser | null): Promise<Context> {
  const common = { db: database(), address: clientAddress(headers), requestId: crypto.randomUUID() };
  if (program) return { ...common, user: program, by: "token" };
  return { ...common, user: await userOfCookies(cookiesOf(headers)), by: "session" };
}

/** A wrong token is refused before any procedure is asked: none of them is for whoever shows it. */
async function userOfBearer(headers: Headers): Promise<SessionUser | null> {
  const token = bearerToken(headers);
  return token === null ? null : await userOfToken(database(), { token, address: clientAddress(headers) });
}

async function checkedPost(request: Request): Promise<Request> {
  requireSameOrigin(request);
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError("unsupported_media_type", "Send the input as application/json.");
  }
  const body = await limitedText(request, largestInput);
  return new Request(request.url, { method: "POST", headers: request.headers, body, signal: request.signal });
}
