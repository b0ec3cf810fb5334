import { AppError } from "#lib/errors/AppError.ts";
import { type CommitInfo, parseCommits, refFormat } from "./CommitInfo.ts";
import type { GitDirectory } from "./GitDirectory.ts";
import { runGit } from "./runGit.ts";

const commitName = /^[0-9a-f]{40}$/;
const branchName = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/;

/** Each may have a preview, and git clients are told of all of them at every fetch. */
export const mostBranches = 500;

export const branchNameRule =
  "Use letters, digits, and . _ - / in the name of a branch, at most 100, a letter or digit first.";

export function isCommitName(text: string): boolean {
  return commitName.test(text);
}

/** Names that Git takes and that need no quoting anywhere. */
export function isBranchName(text: string): boolean {
  return (
    branchName.test(text) &&
    !/\.\.|\/\/|\/\.|\.\/|[./]$/.test(text) &&
    !text.split("/").some((part) => part.endsWith(".lock")) &&
    !commitName.test(text)
  );
}

/** The commit that a branch stands at, or null when there is no such branch. */
export async function readBranch(directory: GitDirectory, branch: string): Promise<CommitInfo | null> {
  if (!isBranchName(branch)) return null;
  const ref = `refs/heads/${branch}`;
  const output = await runGit(directory, ["for-each-ref", `--format=${refFormat(ref)}`, ref]);
  return parseCommits(output)[0] ?? null;
}

/** Like `readBranch`, for when it must be there. */
export async function requireBranch(directory: GitDirectory, branch: string): Promise<CommitInfo> {
  const head = await readBranch(directory, branch);
  if (!head) throw new AppError("not_found", `The repository has no branch "${branch}".`);
  return head;
}
