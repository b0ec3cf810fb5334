import { AppError } from "#lib/errors/AppError.ts";
import type { ErrorCode } from "#lib/errors/codes.ts";
import type { Performed } from "#lib/model/runs/WalkEffects.ts";
import { failureKind } from "../exec/failureKinds.ts";
import { unreachableError } from "../exec/publicError.ts";
import { logDefect } from "../log.ts";
import { StepError } from "./StepError.ts";

type Failed = Extract<Performed, { readonly kind: "failed" }>;

/** Failures that may be other ones at another time. */
const passing: ReadonlySet<ErrorCode> = new Set([
  "conflict",
  "request_in_flight",
  "version_mismatch",
  "rate_limited",
  "timed_out",
  "internal",
]);

/** What a step that threw has failed with; null where it was not the step that failed. */
export function failureOf(
  error: unknown,
  where: { readonly environment: string; readonly run: string },
): Failed | null {
  if (error instanceof StepError) {
    return { kind: "failed", code: error.code, message: error.message, isLasting: error.isLasting };
  }
  // Undone because of others, or out of reach: it is done when nobody is in the way.
  if (unreachableError(error) || failureKind(error) === "contention") return null;
  if (error instanceof AppError) {
    if (error.code === "unavailable") return null;
    const { code } = error;
    return { kind: "failed", code, message: sentenceOf(error), isLasting: !passing.has(code) };
  }
  logDefect("A step of a process failed.", error, where);
  return { kind: "failed", code: "internal", message: "Something went wrong on our side.", isLasting: false };
}

/** With what is wrong with each field. */
function sentenceOf({ message, fields }: AppError): string {
  return [message, ...fields.map((field) => `${field.field}: ${field.message}`)].join(" ");
}
