import type { AppError } from "#lib/errors/AppError.ts";
import { errorCodes } from "#lib/errors/codes.ts";
import { RateLimitedError } from "./RateLimitedError.ts";

/** A foreseen error as a problem document (RFC 9457), for handlers that speak plain HTTP; `more` are members besides. */
export function problemResponse(error: AppError, more: Readonly<Record<string, string>> = {}): Response {
  const { code, status, message, fields } = error;
  return Response.json(
    { type: "about:blank", title: errorCodes[code].title, status, detail: message, code, errors: fields, ...more },
    {
      status,
      headers: {
        "content-type": "application/problem+json",
        "cache-control": "no-store",
        ...(error instanceof RateLimitedError && { "retry-after": String(error.retryAfterSeconds) }),
      },
    },
  );
}
