import { AppError } from "#lib/errors/AppError.ts";
import { readBranch } from "./branches.ts";
import { branchTips } from "./branchTips.ts";
import type { GitDirectory } from "./GitDirectory.ts";
import { GitError, runGit } from "./runGit.ts";
import { removeStaleLocks } from "./staleLocks.ts";

interface BranchMove {
  readonly branch: string;
  /** Where it must stand; null: it must not be there. */
  readonly from: string | null;
  /** Null takes it away. */
  readonly to: string | null;
}

/** Moves a branch if it still stands where it is said to stand. Throws `conflict` where it does not. */
export async function moveBranch(directory: GitDirectory, move: BranchMove): Promise<void> {
  try {
    await tryMove(directory, move);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    await explain(directory, move);
    if ((await removeStaleLocks(directory.path)) === 0) throw error;
    await tryMove(directory, move);
  }
}

/** What Git calls a commit that is none. */
export const nowhere = "0".repeat(40);

/** The same in one run of Git, with its own error. */
export async function tryMove(directory: GitDirectory, { branch, from, to }: BranchMove): Promise<void> {
  const line = `update refs/heads/${branch}\0${to ?? nowhere}\0${from ?? nowhere}\0`;
  await runGit(directory, ["update-ref", "--stdin", "-z"], { input: Buffer.from(line) });
}

async function explain(directory: GitDirectory, { branch, from }: BranchMove): Promise<void> {
  const now = (await readBranch(directory, branch))?.commit ?? null;
  if (now !== null && from === null) throw new AppError("conflict", `There is a branch "${branch}" already.`);
  if (now !== from) throw new AppError("conflict", `"${branch}" has changed since. Look again and repeat it.`);
  if (from !== null) return;
  const taken = await neighbour(directory, branch);
  if (taken) {
    throw new AppError("conflict", `Git cannot keep "${branch}" beside the branch "${taken}". Choose another name.`);
  }
}

/** A branch that is a folder of the other's name, or in one. */
async function neighbour(directory: GitDirectory, branch: string): Promise<string | null> {
  const names = [...(await branchTips(directory)).keys()];
  return names.find((name) => name.startsWith(`${branch}/`) || branch.startsWith(`${name}/`)) ?? null;
}
