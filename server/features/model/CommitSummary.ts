import type { CommitInfo } from "../repository/service.ts";

/** Who made a commit, when and why. */
export interface CommitSummary {
  readonly commit: string;
  readonly author: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly message: string;
}

export function summary({ commit, author, at, message }: CommitInfo): CommitSummary {
  return { commit, author, at, message };
}
