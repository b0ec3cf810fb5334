import type { ErrorCode } from "#lib/errors/codes.ts";

/** Why an attempt of a step failed. */
export class StepError extends Error {
  /** Stable: a code of the APIs, or `http_404`, `timed_out`, `function_failed` ... */
  readonly code: ErrorCode | (string & {});
  /** Whether no other attempt could succeed, so that none is made. */
  readonly isLasting: boolean;

  constructor(code: string, message: string, options: { readonly isLasting: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = code;
    this.isLasting = options.isLasting;
  }
}
