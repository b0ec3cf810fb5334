import type { GitDirectory } from "./GitDirectory.ts";
import { GitError, runGit } from "./runGit.ts";

export interface FileChange {
  readonly path: string;
  readonly status: "added" | "removed" | "changed" | "renamed";
  /** The former path of a renamed file. */
  readonly from?: string;
  /** Unified diff from its first `@@`; empty where only the name or mode changed, null for a file that is no text or where the diff is too long. */
  readonly patch: string | null;
}

const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const maxList = 4 * 1024 * 1024;
const maxPatches = 2 * 1024 * 1024;
/** In UTF-16 units. */
const maxPatch = 200_000;

const options = ["-r", "-M", "--no-color", "--no-ext-diff", "--no-textconv", "--no-commit-id"];

/** Which files differ between a commit and its parent (null: the empty tree) and how, in the order of their paths. */
export async function fileChanges(
  directory: GitDirectory,
  parent: string | null,
  commit: string,
): Promise<readonly FileChange[]> {
  const trees = [parent ?? emptyTree, commit];
  const list = await runGit(directory, ["diff-tree", ...options, "--name-status", "-z", ...trees], {
    maxOutput: maxList,
  });
  const patches = await readPatches(directory, trees);
  return parseStatus(list).map((change, index) => ({ ...change, patch: patches?.[index] ?? null }));
}

function parseStatus(list: Buffer): Omit<FileChange, "patch">[] {
  const parts = list.toString("utf8").split("\0");
  const changes: Omit<FileChange, "patch">[] = [];
  for (let at = 0; at + 1 < parts.length; ) {
    const letter = parts[at]?.[0];
    const path = parts[at + 1] ?? "";
    if (letter === "R") {
      changes.push({ path: parts[at + 2] ?? "", status: "renamed", from: path });
      at += 3;
    } else {
      changes.push({ path, status: letter === "A" ? "added" : letter === "D" ? "removed" : "changed" });
      at += 2;
    }
  }
  return changes;
}

/** One for each file, or null when they are too long together. Every line of content is indented, so the headers are safe to split at. */
async function readPatches(
  directory: GitDirectory,
  trees: readonly string[],
): Promise<readonly (string | null)[] | null> {
  try {
    const output = await runGit(directory, ["diff-tree", ...options, "-p", ...trees], { maxOutput: maxPatches });
    return output
      .toString("utf8")
      .split(/^diff --git .*\n/m)
      .slice(1)
      .map(patchText);
  } catch (error) {
    if (error instanceof GitError && error.reason === "overflow") return null;
    throw error;
  }
}

function patchText(section: string): string | null {
  if (/^Binary files /m.test(section.split("\n@@", 1)[0] ?? "")) return null;
  const start = section.startsWith("@@") ? 0 : section.indexOf("\n@@") + 1;
  if (start === 0 && !section.startsWith("@@")) return "";
  return section.length - start > maxPatch ? null : section.slice(start);
}
