import type { TreeChange } from "./importCommit.ts";
import type { CommitSources } from "./readSources.ts";
import type { TreeEntry } from "./readTree.ts";

/** The same repository at the commit that two branches have in common, and where they stand. */
export interface ThreeTrees {
  readonly base: CommitSources;
  readonly from: CommitSources;
  readonly into: CommitSources;
}

export type Side = "from" | "into";

/** What becomes of files beside their texts. */
export interface MergedEntries {
  /** Of text files that another mode than theirs on the branch that is merged into. */
  readonly modes: ReadonlyMap<string, "100644" | "100755">;
  /** Of files that are no text. */
  readonly changes: readonly TreeChange[];
}

/** Paths that are text, or nothing, on all three sides. */
export function textPaths(trees: ThreeTrees): ReadonlySet<string> {
  return new Set(pathsOf(trees).filter((path) => sidesOf(trees).every((side) => isTextOrNothing(side, path))));
}

/**
 * Merges what is no text: the side that changed a file has it; a path that both changed is in `conflicts` and is as
 * `take` says, else as it is on the branch that is merged into.
 */
export function mergeEntries(
  trees: ThreeTrees,
  take: (path: string) => Side | undefined = () => undefined,
): MergedEntries & { readonly conflicts: readonly string[] } {
  const texts = textPaths(trees);
  const modes = new Map<string, "100644" | "100755">();
  const changes: TreeChange[] = [];
  const conflicts: string[] = [];
  for (const path of pathsOf(trees)) {
    const [was, from, into] = sidesOf(trees).map(({ entries }) => entries.get(path));
    if (texts.has(path)) {
      const changed = from && from.mode !== was?.mode && into?.mode === was?.mode;
      if (changed && into) modes.set(path, from.mode === "100755" ? "100755" : "100644");
      else if (from && !into && !was) modes.set(path, from.mode === "100755" ? "100755" : "100644");
      continue;
    }
    if (same(from, was) || same(from, into)) continue;
    if (!same(into, was)) {
      conflicts.push(path);
      if (take(path) !== "from") continue;
    }
    changes.push(changeTo(path, from));
  }
  return { modes, changes, conflicts };
}

function changeTo(path: string, entry: TreeEntry | undefined): TreeChange {
  if (!entry) return { path, content: null, mode: "100644" };
  return { path, content: entry.object, mode: modeOf(entry) };
}

function modeOf({ kind, mode }: TreeEntry): TreeChange["mode"] {
  switch (kind) {
    case "symlink":
      return "120000";
    case "submodule":
      return "160000";
    case "file":
      return mode === "100755" ? "100755" : "100644";
  }
}

function same(one: TreeEntry | undefined, other: TreeEntry | undefined): boolean {
  return one?.object === other?.object && one?.mode === other?.mode;
}

function pathsOf(trees: ThreeTrees): string[] {
  return [...new Set(sidesOf(trees).flatMap(({ entries }) => [...entries.keys()]))];
}

function sidesOf({ base, from, into }: ThreeTrees): readonly [CommitSources, CommitSources, CommitSources] {
  return [base, from, into];
}

function isTextOrNothing({ entries, files }: CommitSources, path: string): boolean {
  return !entries.has(path) || Object.hasOwn(files, path);
}
