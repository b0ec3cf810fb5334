import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AppError } from "#lib/errors/AppError.ts";
import type { Sources } from "#lib/model/sources.ts";
import { env } from "../../env.ts";
import { logDefect } from "../../log.ts";
import { isCommitName, readBranch, requireBranch } from "./git/branches.ts";
import { type CommitInfo, logFormat, parseCommits } from "./git/CommitInfo.ts";
import { type FileChange, fileChanges } from "./git/changes.ts";
import { type GitDirectory, gitDirectory } from "./git/GitDirectory.ts";
import { type Author, type CommitImport, importCommit } from "./git/importCommit.ts";
import { initialiseRepository } from "./git/initialise.ts";
import { type CommitSources, readSources } from "./git/readSources.ts";
import { GitError, runGit } from "./git/runGit.ts";
import { removeStaleLocks } from "./git/staleLocks.ts";
import { treeChanges } from "./git/treeChanges.ts";
import { SerialWork } from "./SerialWork.ts";
import { SourceCache } from "./SourceCache.ts";

export type { CommitInfo } from "./git/CommitInfo.ts";
export type { FileChange } from "./git/changes.ts";
export type { Author } from "./git/importCommit.ts";

const work = new SerialWork();
const cache = new SourceCache();
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
  return work.run(projectId, async () => {
    const path = repositoryPath(projectId);
    if (await exists(path)) return requireBranch(directoryAt(path), "main");
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
      if (await exists(path)) return requireBranch(directoryAt(path), "main");
      throw error;
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
  return work.run(projectId, async () => {
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

async function tryCommit(
  directory: GitDirectory,
  commit: CommitImport & { readonly parent: string },
): Promise<{ commit: string }> {
  try {
    return await importCommit(directory, commit);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    await requireHead(directory, commit.branch, commit.parent);
    if ((await removeStaleLocks(directory.path)) === 0) throw error;
    return await importCommit(directory, commit);
  }
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
  await work.run(projectId, async () => {
    const path = repositoryPath(projectId);
    const gone = `${path}.${crypto.randomUUID()}.tmp`;
    // Out of the way in one step, so that nobody meets half of it.
    if (await exists(path)) await rename(path, gone);
    await rm(gone, { recursive: true, force: true });
  });
}

/** Where a project's repository is, for the server of Git over HTTP. Throws `not_found` where there is none. */
export async function openRepository(projectId: string): Promise<GitDirectory> {
  const path = repositoryPath(projectId);
  if (!(await exists(path))) throw new AppError("not_found", "This project has no repository yet.");
  return directoryAt(path);
}

/** Lets Git pack what has gathered, when it has. Never throws: a repository works unpacked too. */
export async function maintainRepository(projectId: string): Promise<void> {
  try {
    const directory = await openRepository(projectId);
    await runGit(directory, ["gc", "--auto", "--quiet"], { timeout: 600_000 });
  } catch (error) {
    logDefect("A repository could not be packed.", error, { projectId });
  }
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

async function requireHead(directory: GitDirectory, branch: string, base: string): Promise<void> {
  const head = await requireBranch(directory, branch);
  if (head.commit !== base) {
    throw new AppError(
      "conflict",
      `"${branch}" has changed since. Load the newest version and apply the change to it.`,
    );
  }
}

async function requireCommit(projectId: string, directory: GitDirectory, commit: string): Promise<string> {
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

function noCommit(commit: string): AppError {
  return new AppError("not_found", `The repository has no commit "${commit.slice(0, 40)}".`);
}

async function sourcesOf(projectId: string, directory: GitDirectory, commit: string): Promise<CommitSources> {
  const key = `${projectId}/${commit}`;
  const found = cache.get(key);
  if (found) return found;
  const sources = await readSources(directory, commit);
  cache.set(key, sources);
  return sources;
}

function cleanMessage(message: string): string {
  return `${message.replaceAll("\0", "").trim().slice(0, 10_000).toWellFormed() || "Change the app"}\n`;
}

const projectName = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function repositoryPath(projectId: string): string {
  if (!projectName.test(projectId)) throw new Error(`Not the id of a project: ${projectId}`);
  return join(repositoriesFolder(), `${projectId}.git`);
}

function repositoriesFolder(): string {
  return resolve(env().GANTRY_DATA, "repositories");
}

function directoryAt(path: string): GitDirectory {
  return gitDirectory(path, { searchPath: env().PATH });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
