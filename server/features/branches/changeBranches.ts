import type { Connection } from "../../database.ts";
import { touchProject } from "../projects/service.ts";
import { type CommitInfo, createBranch, deleteBranch, tellMoved } from "../repository/service.ts";

interface Change {
  readonly projectId: string;
  readonly name: string;
  readonly userId: string;
}

/** Makes a branch where another one stands; its rule is followed at once. */
export async function startBranch(db: Connection, change: Change & { readonly from: string }): Promise<CommitInfo> {
  const { projectId, name, from, userId } = change;
  const head = await createBranch(projectId, { name, from });
  await touchProject(db, projectId);
  void tellMoved([{ projectId, branch: name, from: null, to: head.commit, trigger: "branch", userId }]);
  return head;
}

/** Takes a branch away that stands at `at`, and its preview with it. */
export async function endBranch(db: Connection, change: Change & { readonly at: string }): Promise<void> {
  const { projectId, name, at, userId } = change;
  await deleteBranch(projectId, { name, at });
  await touchProject(db, projectId);
  void tellMoved([{ projectId, branch: name, from: at, to: null, trigger: "branch", userId }]);
}
