import { AppError } from "#lib/errors/AppError.ts";
import { GitError } from "./runGit.ts";

/** What Git says where nothing more can be written: no space, a quota, a limit on the size of files. */
const words = /No space left on device|Disk quota exceeded|File too large/i;

const codes: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** The public error for what found no room to write, or null when it failed for another reason. */
export function diskFullError(error: unknown): AppError | null {
  const isGit = error instanceof GitError && words.test(error.stderr);
  const isFile = error instanceof Error && "code" in error && codes.has(error.code);
  if (!isGit && !isFile) return null;
  const message = "The disk of this installation is full, so nothing was changed. Tell whoever runs it, and try again.";
  return new AppError("unavailable", message, { cause: error });
}
