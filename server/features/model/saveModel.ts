import { AppError } from "#lib/errors/AppError.ts";
import { mergeSources } from "#lib/model/merge/mergeSources.ts";
import type { Sources } from "#lib/model/sources.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { type Project, touchProject } from "../projects/service.ts";
import { branchHead, commitFiles, readCommit, readFiles, tellMoved } from "../repository/service.ts";
import { applyChanges, builderFiles, type ChangedFiles, changedFiles } from "./builderFiles.ts";
import { type CommitSummary, summary } from "./CommitSummary.ts";
import { requireSoundModel } from "./requireSoundModel.ts";
import { describeChanges, messageFor } from "./service.ts";

export interface Save {
  readonly project: Project;
  readonly user: SessionUser;
  readonly branch: string;
  /** The commit that the changes were made on. */
  readonly base: string;
  readonly files: ChangedFiles;
  readonly message?: string | undefined;
}

export type SaveOutcome =
  | { readonly status: "saved"; readonly commit: string; readonly saved: CommitSummary }
  | Divergence;

/** Somebody else was first; nothing was written. */
export interface Divergence {
  readonly status: "diverged";
  readonly theirs: CommitSummary & {
    /** What they changed since `base`, as sentences. */
    readonly changes: readonly string[];
  };
  /** The builder's files: theirs with ours on top; where both changed the same thing, ours. To be saved on `theirs.commit`. */
  readonly merged: Sources;
  /** What to send as `files` to save `merged` on `theirs.commit`: with null for what goes. */
  readonly mergedChanges: ChangedFiles;
  /** Where both changed the same thing, as sentences. */
  readonly conflicts: readonly string[];
}

/** Commits what someone changed in the builder, or tells who was first and offers a merge. */
export async function saveModel(db: Connection, save: Save): Promise<SaveOutcome> {
  const { project, user, branch, base } = save;
  const before = (await readFiles(project.id, base)).files;
  const ours = applyChanges(before, save.files);
  await requireSoundModel(ours);
  const head = await requireHead(project.id, branch);
  if (head.commit !== base) return await onMovedHead(project.id, { before, ours, head });
  const message = save.message || messageFor(before, ours);
  const author = { name: user.name, email: user.email };
  try {
    const { commit } = await commitFiles({ projectId: project.id, branch, base, files: ours, author, message });
    if (commit !== base) {
      await touchProject(db, project.id);
      void tellMoved([{ projectId: project.id, branch, from: base, to: commit, trigger: "save", userId: user.id }]);
    }
    return { status: "saved", commit, saved: summary(await readCommit(project.id, commit)) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    return await onMovedHead(project.id, { before, ours, head: await requireHead(project.id, branch) });
  }
}

async function onMovedHead(
  projectId: string,
  { before, ours, head }: { readonly before: Sources; readonly ours: Sources; readonly head: CommitSummary },
): Promise<SaveOutcome> {
  const theirs = (await readFiles(projectId, head.commit)).files;
  // The same save sent again after its answer was lost, or two people who did the same.
  if (equal(theirs, ours)) return { status: "saved", commit: head.commit, saved: head };
  const { sources: merged, conflicts } = mergeSources({
    base: builderFiles(before),
    mine: builderFiles(ours),
    theirs: builderFiles(theirs),
  });
  return {
    status: "diverged",
    theirs: { ...head, changes: describeChanges(before, theirs) },
    merged,
    mergedChanges: changedFiles(builderFiles(theirs), merged),
    conflicts: conflicts.map(({ sentence }) => sentence),
  };
}

async function requireHead(projectId: string, branch: string): Promise<CommitSummary> {
  const head = await branchHead(projectId, branch);
  if (!head) throw noBranch(branch);
  return summary(head);
}

/** Also where the branch was deleted while somebody worked on it. */
export function noBranch(branch: string): AppError {
  const message =
    branch === "main"
      ? "This project has no saved version yet."
      : `The repository has no branch "${branch}" (any more).`;
  return new AppError("not_found", message);
}

function equal(one: Sources, other: Sources): boolean {
  const paths = Object.keys(one);
  return paths.length === Object.keys(other).length && paths.every((path) => one[path] === other[path]);
}
