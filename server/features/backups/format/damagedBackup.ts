import { AppError } from "#lib/errors/AppError.ts";

/** The content of a backup is not what was written: altered, cut off, or read with another key. */
export function damagedBackup(what: string, cause?: unknown): AppError {
  return new AppError("invalid_input", `This backup cannot be read: ${what}.`, cause === undefined ? {} : { cause });
}
