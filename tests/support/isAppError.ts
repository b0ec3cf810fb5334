import { AppError } from "#lib/errors/AppError.ts";
import type { ErrorCode } from "#lib/errors/codes.ts";

/** For `toSatisfy`: a foreseen error of that code. */
export function isAppError(code: ErrorCode): (thrown: unknown) => boolean {
  return (thrown) => thrown instanceof AppError && thrown.code === code;
}
