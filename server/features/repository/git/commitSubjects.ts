import type { GitDirectory } from "./GitDirectory.ts";
import { runGit } from "./runGit.ts";

/** First lines of the messages of commits named in full, by commit. Those that are not there (any more) are left out. */
export async function commitSubjects(
  directory: GitDirectory,
  commits: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (commits.length === 0) return new Map();
  const args = ["log", "-z", "--no-walk=unsorted", "--ignore-missing", "--format=tformat:%H%x00%s", "--stdin"];
  const output = await runGit(directory, args, { input: Buffer.from(`${commits.join("\n")}\n`) });
  const parts = output.toString("utf8").split("\0");
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < parts.length; at += 2) found.set(parts[at]?.trim() ?? "", parts[at + 1] ?? "");
  return found;
}
