import type { MergeConflict, MergeSide } from "#lib/model/merge/MergeConflict.ts";
import { branchWords } from "#lib/model/merge/MergeWords.ts";
import { mergeSources } from "#lib/model/merge/mergeSources.ts";
import type { Sources } from "#lib/model/sources.ts";
import { type MergedEntries, mergeEntries, type Side, type ThreeTrees, textPaths } from "../repository/service.ts";

/** Something that both branches changed, each in its own way. */
export interface BranchConflict {
  /** What a decision names. */
  readonly key: string;
  /** In words, without its full stop. */
  readonly sentence: string;
  /** What each branch makes of it; null where there is nothing to choose between. */
  readonly sides: { readonly from: string; readonly into: string } | null;
  /** Each branch obeys a rule that both together break: as long as that is so, they cannot be merged. */
  readonly breaks: boolean;
}

/** Decisions by the keys of conflicts: which branch is followed. */
export type Resolutions = Readonly<Record<string, Side>>;

export interface MergedTrees {
  readonly files: Sources;
  readonly more: MergedEntries;
  readonly conflicts: readonly BranchConflict[];
}

/** What one branch becomes with the changes of the other. */
export function mergeTrees(
  trees: ThreeTrees,
  { names, resolutions }: { readonly names: Readonly<Record<Side, string>>; readonly resolutions: Resolutions },
): MergedTrees {
  const taken = (path: readonly string[]) => {
    const key = keyOf(path);
    return Object.hasOwn(resolutions, key) ? resolutions[key] : undefined;
  };
  const paths = textPaths(trees);
  const texts = ({ files }: { readonly files: Sources }): Sources =>
    Object.fromEntries(Object.entries(files).filter(([path]) => paths.has(path)));
  const merged = mergeSources(
    { base: texts(trees.base), mine: texts(trees.from), theirs: texts(trees.into) },
    {
      words: branchWords({ mine: names.from, theirs: names.into }),
      take: (path) => sideOf(taken(path)),
    },
  );
  const { conflicts: others, ...more } = mergeEntries(trees, (path) => taken([path]));
  // What is text on some side only is merged as a whole.
  const whole = Object.entries(trees.into.files).filter(([path]) => !paths.has(path));
  const changed = new Set(more.changes.map(({ path }) => path));
  return {
    files: { ...merged.sources, ...Object.fromEntries(whole.filter(([path]) => !changed.has(path))) },
    more,
    conflicts: [...merged.conflicts.map(shown), ...others.map((path) => entryConflict(path, names))],
  };
}

/** Those that somebody has to decide, or to mend on a branch, before the branches can be merged. */
export function unsettled(conflicts: readonly BranchConflict[], resolutions: Resolutions): readonly BranchConflict[] {
  return conflicts.filter(({ key, sides, breaks }) => breaks || (sides && !Object.hasOwn(resolutions, key)));
}

function sideOf(side: Side | undefined): MergeSide | undefined {
  if (side === undefined) return undefined;
  return side === "from" ? "mine" : "theirs";
}

function shown({ path, sentence, sides, breaks }: MergeConflict): BranchConflict {
  return {
    key: keyOf(path),
    sentence,
    sides: sides ? { from: sides.mine, into: sides.theirs } : null,
    breaks: breaks ?? false,
  };
}

function entryConflict(path: string, { from, into }: Readonly<Record<Side, string>>): BranchConflict {
  const sides = { from: `as on ${from}`, into: `as on ${into}` };
  return { key: keyOf([path]), sentence: `${path} is changed on ${from} and on ${into}`, sides, breaks: false };
}

function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}
