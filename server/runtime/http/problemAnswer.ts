import { AppError } from "#lib/errors/AppError.ts";
import { errorCodes } from "#lib/errors/codes.ts";
import type { Answer } from "./Answer.ts";
import { RateLimitError } from "./limits/RateLimitError.ts";

export const internalError = new AppError("internal", "Something went wrong on our side. Try again in a moment.");

/** A foreseen error as a problem document (RFC 9457). `base` is the address of the app's own pages. */
export function problemAnswer(error: AppError, base: string): Answer {
  const { code, status, message, fields } = error;
  const problem = {
    type: `${base}/docs/errors#${code}`,
    title: errorCodes[code].title,
    status,
    detail: message,
    code,
    ...(fields.length > 0 && { errors: fields }),
    ...(error instanceof RateLimitError && { "violated-policies": error.policies }),
  };
  return {
    status,
    contentType: "application/problem+json",
    body: JSON.stringify(problem),
    headers: headersOf(error),
  };
}

function headersOf(error: AppError): readonly string[] {
  if (error.code === "unauthenticated") return ["www-authenticate", 'Bearer realm="api"'];
  if (error.code === "unavailable" || error.code === "request_in_flight") return ["retry-after", "1"];
  if (error instanceof RateLimitError) return ["retry-after", String(error.retryAfter)];
  return error instanceof MethodError ? ["allow", error.allowed.join(", ")] : [];
}

/** 405 with the methods that would have been answered. */
export class MethodError extends AppError {
  readonly allowed: readonly string[];

  constructor(allowed: readonly string[]) {
    super("method_not_allowed", `This path answers ${allowed.join(", ")}.`);
    this.allowed = allowed;
  }
}
