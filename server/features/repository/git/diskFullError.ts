import { AppError } from "#lib/errors/AppError.ts";
import { GitError } from "./runGit.ts";

/** What Git says where nothing more can be written: no space, a quota, a limit on the size of files. */
export const diskFullWords = /No space left on device|Disk quota exceeded|File too large/i;

/** The public error for a run of Git that found no room, or null when it failed for another reason. */
export function diskFullError(error: unknown): AppError | null {
  if (!(error instanceof GitError) || !diskFullWords.test(error.stderr)) return null;
  const message = "The disk of this installation is full, so nothing was changed. Tell whoever runs it, and try again.";
  return new AppError("unavailable", message, { cause: error });
}
