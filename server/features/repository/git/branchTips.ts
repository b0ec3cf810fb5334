import type { GitDirectory } from "./GitDirectory.ts";
import { runGit } from "./runGit.ts";

/** The commits of all branches by name. */
export async function branchTips(directory: GitDirectory): Promise<ReadonlyMap<string, string>> {
  const output = await runGit(directory, ["for-each-ref", "--format=%(objectname) %(refname:lstrip=2)", "refs/heads/"]);
  const lines = output.toString("utf8").split("\n");
  return new Map(lines.filter((line) => line !== "").map((line) => [line.slice(41), line.slice(0, 40)]));
}
