import { mergeDiff3 } from "node-diff3";

/** Both sides' changes to a text, line by line; null where they touch the same lines. */
export function mergeTexts({ base, mine, theirs }: { base: string; mine: string; theirs: string }): string | null {
  const { conflict, result } = mergeDiff3(mine.split("\n"), base.split("\n"), theirs.split("\n"), {
    excludeFalseConflicts: true,
  });
  return conflict ? null : result.join("\n");
}
