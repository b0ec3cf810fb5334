import { AppError } from "#lib/errors/AppError.ts";
import { isCommitName } from "./git/branches.ts";
import type { GitDirectory } from "./git/GitDirectory.ts";
import { type CommitSources, readSources } from "./git/readSources.ts";
import { GitError, runGit } from "./git/runGit.ts";
import { SourceCache } from "./SourceCache.ts";

const cache = new SourceCache();

/** The files of a commit that is there. */
export async function sourcesOf(projectId: string, directory: GitDirectory, commit: string): Promise<CommitSources> {
  const key = `${projectId}/${commit}`;
  const found = cache.get(key);
  if (found) return found;
  const sources = await readSources(directory, commit);
  cache.set(key, sources);
  return sources;
}

/** The same name where the repository has that commit. Throws `not_found` where it has not. */
export async function requireCommit(projectId: string, directory: GitDirectory, commit: string): Promise<string> {
  if (!isCommitName(commit)) throw noCommit(commit);
  if (cache.get(`${projectId}/${commit}`)) return commit;
  try {
    await runGit(directory, ["rev-parse", "--verify", "--quiet", `${commit}^{commit}`]);
    return commit;
  } catch (error) {
    if (error instanceof GitError && error.reason === "exit") throw noCommit(commit);
    throw error;
  }
}

export function noCommit(commit: string): AppError {
  return new AppError("not_found", `The repository has no commit "${commit.slice(0, 40)}".`);
}
