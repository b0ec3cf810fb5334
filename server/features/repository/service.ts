import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Sources } from "#lib/model/sources.ts";
import { cleanMessage } from "./commitFiles.ts";
import { noCommit, requireCommit, sourcesOf } from "./commitSources.ts";
import { isCommitName, readBranch, requireBranch } from "./git/branches.ts";
import { type CommitInfo, logFormat, parseCommits } from "./git/CommitInfo.ts";
import { type FileChange, fileChanges } from "./git/changes.ts";
import { commitSubjects } from "./git/commitSubjects.ts";
import { diskFullError } from "./git/diskFullError.ts";
import { type Author, importCommit } from "./git/importCommit.ts";
import { initialiseRepository } from "./git/initialise.ts";
import { runGit } from "./git/runGit.ts";
import { treeChanges } from "./git/treeChanges.ts";
import { projectWork } from "./projectWork.ts";
import { directoryAt, folderExists, openRepository, repositoriesFolder, repositoryPath } from "./repositoryFolder.ts";

export {
  type BranchInfo,
  type BranchPair,
  createBranch,
  deleteBranch,
  fastForward,
  filesBetween,
  listBranches,
  pairOf,
  readBranchTips,
  treesOf,
} from "./branches.ts";
export { bundleRepository } from "./bundleRepository.ts";
export { commitFiles, commitMerge } from "./commitFiles.ts";
export { type ExportedRepository, exportCommit } from "./exportCommit.ts";
export { isBranchName } from "./git/branches.ts";
export type { CommitInfo } from "./git/CommitInfo.ts";
export type { FileChange } from "./git/changes.ts";
export type { Author } from "./git/importCommit.ts";
export { type MergedEntries, mergeEntries, type Side, type ThreeTrees, textPaths } from "./git/mergeEntries.ts";
export { maintainRepository } from "./maintainRepository.ts";
export { judgeRemote, pushTo, type Remote } from "./pushTo.ts";
export { openRepository } from "./repositoryFolder.ts";
export { type BranchMove, tellMoved } from "./tellMoved.ts";

/** In milliseconds; making a repository takes far less. */
const abandonedAfter = 600_000;

/**
 * Makes a project's repository with one commit on `main`. Made aside and moved into place whole; called again, it
 * answers the commit that `main` stands at.
 */
export async function createRepository(creation: {
  readonly projectId: string;
  readonly files: Sources;
  readonly author: Author;
  readonly message: string;
}): Promise<{ commit: string }> {
  const { projectId, files, author, message } = creation;
  return projectWork.run(projectId, async () => {
    const path = repositoryPath(projectId);
    if (await folderExists(path)) return requireBranch(directoryAt(path), "main");
    const changes = treeChanges(null, files);
    const draft = `${path}.${crypto.randomUUID()}.tmp`;
    await mkdir(repositoriesFolder(), { recursive: true });
    await removeOldDrafts(projectId);
    try {
      await initialiseRepository(draft);
      const made = await importCommit(directoryAt(draft), {
        branch: "main",
        parent: null,
        changes,
        author,
        message: cleanMessage(message),
      });
      await rename(draft, path);
      return made;
    } catch (error) {
      // Another process was first.
      if (await folderExists(path)) return requireBranch(directoryAt(path), "main");
      throw diskFullError(error) ?? error;
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  });
}

/** The text files of a branch or of a commit named in full. Throws `not_found` where there is none. */
export async function readFiles(projectId: string, ref = "main"): Promise<{ commit: string; files: Sources }> {
  const directory = await openRepository(projectId);
  const commit = isCommitName(ref)
    ? await requireCommit(projectId, directory, ref)
    : (await requireBranch(directory, ref)).commit;
  const { files } = await sourcesOf(projectId, directory, commit);
  return { commit, files };
}

/** The commit that a branch stands at with its author and message, or null when there is no such branch. */
export async function branchHead(projectId: string, branch = "main"): Promise<CommitInfo | null> {
  return readBranch(await openRepository(projectId), branch);
}

/** A branch's commits, newest first, along first parents. `before` is the last commit of the page before. */
export async function history(
  projectId: string,
  { branch = "main", limit = 50, before }: { branch?: string; limit?: number; before?: string | undefined } = {},
): Promise<readonly CommitInfo[]> {
  const directory = await openRepository(projectId);
  const start = before
    ? await requireCommit(projectId, directory, before)
    : (await requireBranch(directory, branch)).commit;
  const skip = before ? 1 : 0;
  const args = [
    "log",
    "-z",
    `--format=${logFormat}`,
    "--first-parent",
    `--skip=${skip}`,
    `--max-count=${limit}`,
    start,
  ];
  return parseCommits(await runGit(directory, [...args, "--"]));
}

/** One commit's author and message. Throws `not_found` where there is none of that name. */
export async function readCommit(projectId: string, commit: string): Promise<CommitInfo> {
  const directory = await openRepository(projectId);
  await requireCommit(projectId, directory, commit);
  const [info] = parseCommits(await runGit(directory, ["log", "-z", `--format=${logFormat}`, "-n1", commit, "--"]));
  if (!info) throw noCommit(commit);
  return info;
}

/** First lines of the messages of commits, by commit; those that are not there (any more) are left out. */
export async function subjectsOf(projectId: string, commits: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return commitSubjects(await openRepository(projectId), commits.filter(isCommitName));
}

/** A commit beside its first parent: both sets of text files, and the files that differ with their patches. */
export async function changesOf(
  projectId: string,
  commit: string,
): Promise<{ info: CommitInfo; before: Sources; after: Sources; files: readonly FileChange[] }> {
  const directory = await openRepository(projectId);
  const info = await readCommit(projectId, commit);
  const parent = info.parents[0] ?? null;
  return {
    info,
    before: parent ? (await sourcesOf(projectId, directory, parent)).files : {},
    after: (await sourcesOf(projectId, directory, commit)).files,
    files: await fileChanges(directory, parent, commit),
  };
}

/** Takes a project's repository off the disk for good. */
export async function removeRepository(projectId: string): Promise<void> {
  await projectWork.run(projectId, async () => {
    const path = repositoryPath(projectId);
    const gone = `${path}.${crypto.randomUUID()}.tmp`;
    // Out of the way in one step, so that nobody meets half of it.
    if (await folderExists(path)) await rename(path, gone);
    await rm(gone, { recursive: true, force: true });
  });
}

/** What processes left that were killed while they made or removed this project's repository. */
async function removeOldDrafts(projectId: string): Promise<void> {
  for (const name of await readdir(repositoriesFolder())) {
    if (!name.startsWith(`${projectId}.git.`)) continue;
    const draft = join(repositoriesFolder(), name);
    const found = await stat(draft).catch(() => null);
    if (found && Date.now() - found.mtimeMs > abandonedAfter) await rm(draft, { recursive: true, force: true });
  }
}
