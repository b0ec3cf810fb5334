import type { Comparison } from "../Branch.ts";
import type { BranchNames } from "./MergeNames.ts";

/** How two branches stand to each other, a whole sentence. */
export function mergeWords({ state, ahead }: Pick<Comparison, "state" | "ahead">, { from, into }: BranchNames): string {
  const commits = ahead === null ? "commits" : ahead === 1 ? "1 commit" : `${ahead} commits`;
  switch (state) {
    case "same":
      return `${from} and ${into} are the same commit.`;
    case "merged":
      return `${into} has everything that ${from} has.`;
    case "fastForward":
      return `${into} has nothing of its own: it moves on by ${commits}.`;
    case "mergeable":
      return `${from} has ${commits} that ${into} has not; both go together.`;
    case "conflicts":
      return `${from} has ${commits} that ${into} has not. Decide below what both changed.`;
    case "unrelated":
      return `${from} and ${into} have no commit in common. They can only be merged in a clone of the repository.`;
  }
}
