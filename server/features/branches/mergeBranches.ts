import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { messageFor, requireSoundModel } from "../model/service.ts";
import { touchProject } from "../projects/service.ts";
import {
  type BranchPair,
  commitMerge,
  fastForward,
  pairOf,
  readFiles,
  type Side,
  tellMoved,
  treesOf,
} from "../repository/service.ts";
import { type Names, requireTwo, stateOf } from "./compare.ts";
import { type BranchConflict, mergeTrees, type Resolutions, unsettled } from "./mergeTrees.ts";

export interface BranchMerge extends Names {
  readonly projectId: string;
  readonly user: SessionUser;
  /** Where the branches stood when they were looked at: what is merged is what was seen. */
  readonly commits: Readonly<Record<Side, string>>;
  readonly resolutions: Resolutions;
  readonly message?: string | undefined;
}

export type MergeOutcome =
  /** `into` stands at `commit` now; `nothing` where it had everything already. */
  | { readonly status: "merged"; readonly commit: string; readonly how: "fastForward" | "merge" | "nothing" }
  /** Nothing was changed: these have to be decided first. */
  | { readonly status: "conflicts"; readonly conflicts: readonly BranchConflict[] };

/**
 * Brings what one branch has into another: moves it on where it has nothing of its own, else by a merge commit of what
 * both mean together. Throws `conflict` when a branch has moved since, `invalid_model` for what would be no sound app.
 */
export async function mergeBranches(db: Connection, merge: BranchMerge): Promise<MergeOutcome> {
  const { projectId, into, user } = merge;
  requireTwo(merge);
  const pair = await pairOf(projectId, merge);
  requireSeen(pair, merge);
  const outcome = await bring(pair, merge);
  if (outcome.status === "merged" && outcome.how !== "nothing") {
    await touchProject(db, projectId);
    const [from, to] = [pair.into.commit, outcome.commit];
    void tellMoved([{ projectId, branch: into, from, to, trigger: "merge", userId: user.id }]);
  }
  return outcome;
}

async function bring(pair: BranchPair, merge: BranchMerge): Promise<MergeOutcome> {
  const { projectId, into } = merge;
  switch (stateOf(pair)) {
    case "unrelated":
      throw new AppError("conflict", `${merge.from} and ${into} have no commit in common. Merge them in a clone.`);
    case "same":
    case "merged":
      return { status: "merged", commit: pair.into.commit, how: "nothing" };
    case "fastForward": {
      await requireSoundModel((await readFiles(projectId, pair.from.commit)).files);
      await fastForward(projectId, { branch: into, base: pair.into.commit, to: pair.from.commit });
      return { status: "merged", commit: pair.from.commit, how: "fastForward" };
    }
    case "mergeable":
      return await mergeMeanings(pair, merge);
  }
}

async function mergeMeanings({ base, from, into }: BranchPair, merge: BranchMerge): Promise<MergeOutcome> {
  const { projectId, resolutions, user } = merge;
  if (base === null) throw new Error("Histories without a common commit are not merged.");
  const trees = await treesOf(projectId, { base, from: from.commit, into: into.commit });
  const { files, more, conflicts } = mergeTrees(trees, { names: merge, resolutions });
  const open = unsettled(conflicts, resolutions);
  if (open.length > 0) return { status: "conflicts", conflicts };
  await requireSoundModel(files);
  const title = `Merge ${merge.from} into ${merge.into}`;
  const { commit } = await commitMerge({
    projectId,
    branch: merge.into,
    base: into.commit,
    merged: from.commit,
    files,
    more,
    author: { name: user.name, email: user.email },
    message: merge.message || `${title}\n\n${messageFor(trees.into.files, files)}`,
  });
  return { status: "merged", commit, how: "merge" };
}

function requireSeen(pair: BranchPair, { commits, ...names }: BranchMerge): void {
  for (const side of ["from", "into"] as const) {
    if (pair[side].commit === commits[side]) continue;
    throw new AppError("conflict", `${names[side]} has changed since you compared. Look again, then merge.`);
  }
}
