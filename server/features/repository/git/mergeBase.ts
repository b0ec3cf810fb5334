import type { GitDirectory } from "./GitDirectory.ts";
import { GitError, runGit } from "./runGit.ts";

/** The newest commit that both lead to, or null where their histories have nothing in common. */
export async function mergeBase(directory: GitDirectory, one: string, other: string): Promise<string | null> {
  try {
    return (await runGit(directory, ["merge-base", one, other])).toString("latin1").trim();
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return null;
    throw error;
  }
}
