import { branchesFormat, type CommitInfo, parseBranches } from "./CommitInfo.ts";
import { type CommitGraph, reach, readGraph } from "./commitGraph.ts";
import type { GitDirectory } from "./GitDirectory.ts";
import { GitError, runGit } from "./runGit.ts";

export interface BranchInfo extends Distance {
  readonly name: string;
  readonly head: CommitInfo;
}

/** How far a branch is from another; null where the history is too long to count. */
export interface Distance {
  /** Commits that it has and the other has not. */
  readonly ahead: number | null;
  /** Commits that the other has and it has not. */
  readonly behind: number | null;
}

/** All branches by name, each beside `main`. */
export async function branchList(directory: GitDirectory): Promise<readonly BranchInfo[]> {
  const branches = parseBranches(
    await runGit(directory, ["for-each-ref", `--format=${branchesFormat}`, "refs/heads/"]),
  );
  const main = branches.find(({ name }) => name === "main")?.head.commit;
  const moved = branches.some(({ head }) => head.commit !== main);
  const graph = main && moved ? await tryReadGraph(directory) : null;
  const ofMain = graph && main ? reach(graph, main) : null;
  return branches.map(({ name, head }) => {
    if (head.commit === main) return { name, head, ahead: 0, behind: 0 };
    if (!graph || !ofMain) return { name, head, ahead: null, behind: null };
    const own = reach(graph, head.commit);
    const common = [...own].filter((commit) => ofMain.has(commit)).length;
    return { name, head, ahead: own.size - common, behind: ofMain.size - common };
  });
}

async function tryReadGraph(directory: GitDirectory): Promise<CommitGraph | null> {
  try {
    return await readGraph(directory);
  } catch (error) {
    if (error instanceof GitError && error.reason === "overflow") return null;
    throw error;
  }
}

/** How far one commit is from another. */
export async function distanceBetween(directory: GitDirectory, one: string, other: string): Promise<Distance> {
  const output = await runGit(directory, ["rev-list", "--left-right", "--count", `${one}...${other}`]);
  const [ahead, behind] = output.toString("latin1").trim().split(/\s+/).map(Number);
  return { ahead: ahead ?? 0, behind: behind ?? 0 };
}
