import type { ErrorCode } from "./codes.ts";
import { errorCodes } from "./codes.ts";

/** One thing that is wrong with one part of a request or a form. */
export interface FieldError {
  /** Where: a dotted path in the caller's own terms, such as `lines.0.quantity` or `filter[stage]`. */
  readonly field: string;
  /** Which rule was broken: `required`, `maxLength`, `unknown` and so on. */
  readonly rule: string;
  /** A sentence for a person that says what to do. */
  readonly message: string;
  /** What would have been legal, where that is a short list. */
  readonly allowed?: readonly string[];
  /** Of a change of many records: the key of the one that it is about. */
  readonly key?: string;
  /** Of a table that was sent: the line that it is about, from 1. */
  readonly line?: number;
}

export interface AppErrorOptions {
  readonly fields?: readonly FieldError[];
  /** For the log only; never leaves the process. */
  readonly cause?: unknown;
}

/**
 * An error that was foreseen. `message` is public: a sentence that says what to do.
 * Everything else that is thrown is a defect and answers 500 without its text.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? [];
  }

  /** The HTTP status that belongs to the code. */
  get status(): number {
    return errorCodes[this.code].status;
  }
}
