import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { AppError } from "#lib/errors/AppError.ts";
import { principalOfRequest } from "../auth/principalOfRequest.ts";
import { answering } from "../http/answering.ts";
import { limitedText } from "../http/limitBody.ts";
import { RateLimitedError } from "../http/RateLimitedError.ts";
import { requireSameOrigin } from "../http/sameOrigin.ts";
import { requestContext } from "./requestContext.ts";
import { rootRouter } from "./root.ts";

const largestInput = 4 * 1024 * 1024;
const largestBatch = 20;

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
    responseMeta({ ctx, errors }) {
      const waits = errors.flatMap(({ cause }) => (cause instanceof RateLimitedError ? [cause.retryAfterSeconds] : []));
      const headers = new Headers({
        "cache-control": "private, no-store",
        ...(waits.length > 0 && { "retry-after": String(Math.max(...waits)) }),
      });
      for (const cookie of ctx?.browser?.given ?? []) headers.append("set-cookie", cookie);
      return { headers };
    },
  });
});

async function checkedPost(request: Request): Promise<Request> {
  requireSameOrigin(request);
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError("unsupported_media_type", "Send the input as application/json.");
  }
  const body = await limitedText(request, largestInput);
  return new Request(request.url, { method: "POST", headers: request.headers, body, signal: request.signal });
}
