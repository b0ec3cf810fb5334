import type { GitDirectory } from "./GitDirectory.ts";
import { runGit } from "./runGit.ts";

/** The parents of every commit that a branch leads to. */
export type CommitGraph = ReadonlyMap<string, readonly string[]>;

/** About a hundred thousand commits. */
const maxGraph = 8 * 1024 * 1024;

/** The commits of all branches. Throws GitError with `reason` "overflow" where there are too many. */
export async function readGraph(directory: GitDirectory): Promise<CommitGraph> {
  const output = await runGit(directory, ["rev-list", "--parents", "--branches"], { maxOutput: maxGraph });
  const lines = output.toString("latin1").split("\n");
  return new Map(
    lines.flatMap((line): [string, readonly string[]][] => {
      const [commit, ...parents] = line.split(" ");
      return commit ? [[commit, parents]] : [];
    }),
  );
}

/** Every commit that one leads to, itself included. */
export function reach(graph: CommitGraph, from: string): ReadonlySet<string> {
  const seen = new Set([from]);
  const left = [from];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    for (const parent of graph.get(at) ?? []) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      left.push(parent);
    }
  }
  return seen;
}
