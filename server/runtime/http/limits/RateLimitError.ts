import { AppError } from "#lib/errors/AppError.ts";

/** 429: too many requests of one kind; tells which rates were met and when to come back. */
export class RateLimitError extends AppError {
  /** Whole seconds. */
  readonly retryAfter: number;
  readonly policies: readonly string[];

  constructor(policies: readonly string[], milliseconds: number) {
    const seconds = Math.max(Math.ceil(milliseconds / 1000), 1);
    super("rate_limited", `Send fewer requests: wait ${seconds} ${seconds === 1 ? "second" : "seconds"} now.`);
    this.retryAfter = seconds;
    this.policies = policies;
  }
}
