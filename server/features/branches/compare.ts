import { AppError } from "#lib/errors/AppError.ts";
import type { ToldChange } from "../model/service.ts";
import { type CommitSummary, summary, tellChanges } from "../model/service.ts";
import { type BranchPair, type FileChange, filesBetween, pairOf, treesOf } from "../repository/service.ts";
import { type BranchConflict, mergeTrees, type Resolutions, unsettled } from "./mergeTrees.ts";

export interface Names {
  /** Whose changes are looked at. */
  readonly from: string;
  /** Where they would go. */
  readonly into: string;
}

/**
 * How two branches stand to each other: `same` commit; `merged`: there is nothing to bring; `fastForward`: the other has
 * nothing of its own; `mergeable`; `conflicts` that somebody has to decide first; `unrelated` histories.
 */
export type MergeState = "same" | "merged" | "fastForward" | "mergeable" | "conflicts" | "unrelated";

export interface Comparison {
  readonly state: MergeState;
  readonly from: CommitSummary;
  readonly into: CommitSummary;
  /** The newest commit that both have. */
  readonly base: string | null;
  /** Of `from`, beside `into`. */
  readonly ahead: number | null;
  readonly behind: number | null;
  /** What `from` did since then, and what `into` did. */
  readonly changes: readonly ToldChange[];
  readonly otherChanges: readonly ToldChange[];
  /** All of them, decided or not. */
  readonly conflicts: readonly BranchConflict[];
  /** What `from` did to files since then. */
  readonly files: readonly FileChange[];
}

/** Two branches beside each other, and what a merge with these decisions would meet. */
export async function compareBranches(
  projectId: string,
  names: Names,
  resolutions: Resolutions = {},
): Promise<Comparison> {
  const pair = await pairOf(projectId, names);
  const { from, into, base, ahead, behind } = pair;
  const shown = { from: summary(from), into: summary(into), base, ahead, behind };
  if (base === null) {
    return { ...shown, state: "unrelated", changes: [], otherChanges: [], conflicts: [], files: [] };
  }
  const trees = await treesOf(projectId, { base, from: from.commit, into: into.commit });
  const conflicts = stateOf(pair) === "mergeable" ? mergeTrees(trees, { names, resolutions }).conflicts : [];
  return {
    ...shown,
    state: unsettled(conflicts, resolutions).length > 0 ? "conflicts" : stateOf(pair),
    changes: tellChanges(trees.base.files, trees.from.files),
    otherChanges: tellChanges(trees.base.files, trees.into.files),
    conflicts,
    files: await filesBetween(projectId, base, from.commit),
  };
}

/** Without a look at the files. */
export function stateOf({ from, into, base }: BranchPair): Exclude<MergeState, "conflicts"> {
  if (base === null) return "unrelated";
  if (from.commit === into.commit) return "same";
  if (base === from.commit) return "merged";
  return base === into.commit ? "fastForward" : "mergeable";
}

export function requireTwo({ from, into }: Names): void {
  if (from !== into) return;
  const message = "Choose two different branches.";
  throw new AppError("invalid_input", message, { fields: [{ field: "into", rule: "different", message }] });
}
