import { AppError } from "#lib/errors/AppError.ts";
import { requireHead } from "./commitFiles.ts";
import { sourcesOf } from "./commitSources.ts";
import { branchNameRule, isBranchName, mostBranches, requireBranch } from "./git/branches.ts";
import { type BranchInfo, branchList, type Distance, distanceBetween } from "./git/branchList.ts";
import { branchTips } from "./git/branchTips.ts";
import type { CommitInfo } from "./git/CommitInfo.ts";
import { type FileChange, fileChanges } from "./git/changes.ts";
import { diskFullError } from "./git/diskFullError.ts";
import type { GitDirectory } from "./git/GitDirectory.ts";
import { mergeBase } from "./git/mergeBase.ts";
import type { ThreeTrees } from "./git/mergeEntries.ts";
import { moveBranch } from "./git/moveBranch.ts";
import { projectWork } from "./projectWork.ts";
import { openRepository } from "./repositoryFolder.ts";

export type { BranchInfo } from "./git/branchList.ts";

/** All branches by name, with how far each is from `main`. */
export async function listBranches(projectId: string): Promise<readonly BranchInfo[]> {
  return branchList(await openRepository(projectId));
}

/** The commits that branches stand at, by their names. */
export async function readBranchTips(projectId: string): Promise<ReadonlyMap<string, string>> {
  return branchTips(await openRepository(projectId));
}

/** Makes a branch where another one stands. Throws `invalid_input` for its name, `conflict` where it is taken. */
export async function createBranch(
  projectId: string,
  { name, from }: { readonly name: string; readonly from: string },
): Promise<CommitInfo> {
  if (!isBranchName(name)) {
    const problem = { field: "name", rule: "pattern", message: branchNameRule };
    throw new AppError("invalid_input", branchNameRule, { fields: [problem] });
  }
  return projectWork.run(projectId, async () => {
    const directory = await openRepository(projectId);
    const head = await requireBranch(directory, from);
    const names = [...(await branchTips(directory)).keys()];
    const alike = names.find((other) => other.toLowerCase() === name.toLowerCase());
    if (alike) throw new AppError("conflict", `There is a branch "${alike}" already.`);
    if (names.length >= mostBranches) {
      throw new AppError("conflict", `A project has at most ${mostBranches} branches. Delete some first.`);
    }
    await move(directory, { branch: name, from: null, to: head.commit });
    return head;
  });
}

/** Takes a branch away that stands at `at`; its commits stay for those who have them. `main` stays. */
export async function deleteBranch(
  projectId: string,
  { name, at }: { readonly name: string; readonly at: string },
): Promise<void> {
  if (name === "main") throw new AppError("conflict", "main is the app's own branch and cannot be deleted.");
  await projectWork.run(projectId, async () => {
    const directory = await openRepository(projectId);
    await requireBranch(directory, name);
    await move(directory, { branch: name, from: at, to: null });
  });
}

/** Moves a branch that stands at `base` on to a commit that follows it. Throws `conflict` when it has moved. */
export async function fastForward(
  projectId: string,
  { branch, base, to }: { readonly branch: string; readonly base: string; readonly to: string },
): Promise<void> {
  await projectWork.run(projectId, async () => {
    const directory = await openRepository(projectId);
    await requireHead(directory, branch, base);
    if ((await mergeBase(directory, base, to)) !== base) throw new Error(`${to} does not follow ${base}.`);
    await move(directory, { branch, from: base, to });
  });
}

async function move(directory: GitDirectory, to: Parameters<typeof moveBranch>[1]): Promise<void> {
  try {
    await moveBranch(directory, to);
  } catch (error) {
    throw diskFullError(error) ?? error;
  }
}

/** Two branches beside each other: `ahead` and `behind` are of `from`. */
export interface BranchPair extends Distance {
  readonly from: CommitInfo;
  readonly into: CommitInfo;
  /** The newest commit that both have; null where their histories have nothing in common. */
  readonly base: string | null;
}

export async function pairOf(
  projectId: string,
  names: { readonly from: string; readonly into: string },
): Promise<BranchPair> {
  const directory = await openRepository(projectId);
  const [from, into] = await Promise.all([requireBranch(directory, names.from), requireBranch(directory, names.into)]);
  const [base, distance] = await Promise.all([
    mergeBase(directory, from.commit, into.commit),
    distanceBetween(directory, from.commit, into.commit),
  ]);
  return { from, into, base, ...distance };
}

/** The files of two commits and of what they have in common. */
export async function treesOf(
  projectId: string,
  commits: { readonly base: string; readonly from: string; readonly into: string },
): Promise<ThreeTrees> {
  const directory = await openRepository(projectId);
  const [base, from, into] = await Promise.all([
    sourcesOf(projectId, directory, commits.base),
    sourcesOf(projectId, directory, commits.from),
    sourcesOf(projectId, directory, commits.into),
  ]);
  return { base, from, into };
}

/** Which files differ between two commits, with their patches. */
export async function filesBetween(projectId: string, before: string, after: string): Promise<readonly FileChange[]> {
  return fileChanges(await openRepository(projectId), before, after);
}
