import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { AppError } from "#lib/errors/AppError.ts";
import type { Principal } from "../access/Principal.ts";
import { principalOfRequest } from "../auth/principalOfRequest.ts";
import { database } from "../database.ts";
import { answering } from "../http/answering.ts";
import { clientAddress } from "../http/clientAddress.ts";
import { limitedText } from "../http/limitBody.ts";
import { RateLimitedError } from "../http/RateLimitedError.ts";
import { requireSameOrigin } from "../http/sameOrigin.ts";
import type { Context } from "./context.ts";
import { rootRouter } from "./root.ts";

const largestInput = 4 * 1024 * 1024;
const largestBatch = 20;
const longestUserAgent = 400;

/** tRPC over HTTP. Changes need a JSON body sent by a page of our own origin, or by a program that is no browser. */
export const handleTrpc = answering(async (request: Request): Promise<Response> => {
  const bounded = request.method === "POST" ? await checkedPost(request) : request;
  const who = await principalOfRequest(request);
  return await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: bounded,
    router: rootRouter,
    maxBatchSize: largestBatch,
    createContext: () => requestContext(request.headers, who),
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

function requestContext(headers: Headers, who: Principal | null): Context {
  const system = database();
  const userAgent = headers.get("user-agent")?.slice(0, longestUserAgent) ?? null;
  return { db: system, system, who, address: clientAddress(headers), userAgent, requestId: crypto.randomUUID() };
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
