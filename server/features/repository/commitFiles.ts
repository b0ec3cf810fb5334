import { AppError } from "#lib/errors/AppError.ts";
import type { Sources } from "#lib/model/sources.ts";
import { sourcesOf } from "./commitSources.ts";
import { requireBranch } from "./git/branches.ts";
import { diskFullError } from "./git/diskFullError.ts";
import type { GitDirectory } from "./git/GitDirectory.ts";
import { type Author, type CommitImport, importCommit } from "./git/importCommit.ts";
import type { MergedEntries } from "./git/mergeEntries.ts";
import { GitError } from "./git/runGit.ts";
import { removeStaleLocks } from "./git/staleLocks.ts";
import { treeChanges } from "./git/treeChanges.ts";
import { maintainRepository } from "./maintainRepository.ts";
import { projectWork } from "./projectWork.ts";
import { openRepository } from "./repositoryFolder.ts";

/**
 * Makes `files` the whole set of text files of a branch that stands at `base`, as one commit; other files and modes stay.
 * Answers `base` itself when nothing differs. Throws `conflict` when the branch has moved.
 */
export async function commitFiles(change: {
  readonly projectId: string;
  readonly branch: string;
  readonly base: string;
  readonly files: Sources;
  readonly author: Author;
  readonly message: string;
}): Promise<{ commit: string }> {
  const { projectId, branch, base, files, author, message } = change;
  return projectWork.run(projectId, async () => {
    const directory = await openRepository(projectId);
    await requireHead(directory, branch, base);
    const changes = treeChanges(await sourcesOf(projectId, directory, base), files);
    if (changes.length === 0) return { commit: base };
    const made = await tryCommit(directory, {
      branch,
      parent: base,
      changes,
      author,
      message: cleanMessage(message),
    });
    // One commit in sixteen, whoever makes it, looks whether there is something to pack.
    if (made.commit.endsWith("0")) void maintainRepository(projectId);
    return made;
  });
}

/**
 * Makes `files` the text files of a branch that stands at `base`, as a commit that has `merged` for its second parent;
 * `more` is what becomes of other files. Throws `conflict` when the branch has moved.
 */
export async function commitMerge(change: {
  readonly projectId: string;
  readonly branch: string;
  readonly base: string;
  readonly merged: string;
  readonly files: Sources;
  readonly more: MergedEntries;
  readonly author: Author;
  readonly message: string;
}): Promise<{ commit: string }> {
  const { projectId, branch, base, merged, files, more, author, message } = change;
  return projectWork.run(projectId, async () => {
    const directory = await openRepository(projectId);
    await requireHead(directory, branch, base);
    const changes = treeChanges(await sourcesOf(projectId, directory, base), files, more);
    return tryCommit(directory, { branch, parent: base, merged, changes, author, message: cleanMessage(message) });
  });
}

async function tryCommit(
  directory: GitDirectory,
  commit: CommitImport & { readonly parent: string },
): Promise<{ commit: string }> {
  try {
    return await importCommit(directory, commit);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const full = diskFullError(error);
    if (full) throw full;
    await requireHead(directory, commit.branch, commit.parent);
    if ((await removeStaleLocks(directory.path)) === 0) throw error;
    return await importCommit(directory, commit);
  }
}

/** Throws `conflict` unless the branch stands at that commit. */
export async function requireHead(directory: GitDirectory, branch: string, base: string): Promise<void> {
  const head = await requireBranch(directory, branch);
  if (head.commit !== base) {
    throw new AppError(
      "conflict",
      `"${branch}" has changed since. Load the newest version and apply the change to it.`,
    );
  }
}

export function cleanMessage(message: string): string {
  return `${message.replaceAll("\0", "").trim().slice(0, 10_000).toWellFormed() || "Change the app"}\n`;
}
