import { AppError } from "#lib/errors/AppError.ts";

/** Too many tries; `retryAfterSeconds` is what the Retry-After field says. */
export class RateLimitedError extends AppError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    const minutes = Math.ceil(retryAfterSeconds / 60);
    super("rate_limited", `Too many tries. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
