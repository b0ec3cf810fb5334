import { AppError } from "#lib/errors/AppError.ts";

/** The source cannot be imported as it is. The sentence is public and says what to do. */
export function refusal(message: string, cause?: unknown): AppError {
  return new AppError("invalid_input", message, { cause });
}
