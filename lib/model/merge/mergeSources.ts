import { diffModels } from "../diff/diffModels.ts";
import { editSources } from "../edit/editSources.ts";
import { isModelFile } from "../read/modelFiles.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import { mergeTestTexts } from "../tests/mergeTestTexts.ts";
import { isTestFile } from "../tests/testFiles.ts";
import type { Model } from "../types.ts";
import type { MergeConflict } from "./MergeConflict.ts";
import { ownWords } from "./MergeWords.ts";
import { type MergeOptions, mergeModels } from "./mergeModels.ts";
import { mergeTexts } from "./mergeTexts.ts";
import { renamesBetween } from "./renamesBetween.ts";

/** An app's files on the three sides. */
export interface ThreeSources {
  readonly base: Sources;
  readonly mine: Sources;
  readonly theirs: Sources;
}

/**
 * Theirs with my changes on top. Models are merged by what they mean: two people who add different attributes to one
 * resource, or of whom one renames what the other extends, do not conflict. Texts keep the comments and the order of
 * both sides where the merged text still says the merged model. Where both changed the same thing, mine is taken unless
 * `take` decides otherwise.
 */
export function mergeSources(
  sides: ThreeSources,
  options: MergeOptions = {},
): {
  readonly sources: Sources;
  readonly conflicts: readonly MergeConflict[];
} {
  const [base, mine, theirs] = [readModel(sides.base), readModel(sides.mine), readModel(sides.theirs)];
  // What cannot be read would look as if it had been removed.
  if (!base.model || !mine.model || !theirs.model) return mergeFiles(sides, () => true, options);
  const drafts = { base: base.draft, mine: mine.draft, theirs: theirs.draft };
  const { model, conflicts, isContested } = mergeModels(drafts, options);
  const edited = editSources(sides.theirs, {
    before: theirs.draft,
    places: theirs.places,
    after: model,
    renames: renamesBetween(theirs.draft, model),
  });
  const other = mergeFiles(sides, (path) => !isModelFile(path), options);
  const merged = Object.fromEntries([
    ...Object.entries(edited).filter(([path]) => isModelFile(path)),
    ...Object.entries(other.sources),
  ]);
  const sources = withTexts(merged, textsOfBoth(sides), model);
  return { sources, conflicts: [...conflicts, ...misfits(sources, isContested), ...other.conflicts] };
}

/** Rules that each side obeys and both together break. */
function misfits(sources: Sources, isContested: (path: readonly string[]) => boolean): readonly MergeConflict[] {
  return readModel(sources)
    .problems.filter(({ severity }) => severity === "error")
    .map(({ path, file, message }) => {
      // What both sides changed can be taken from either as a whole.
      const wholes = path.slice(2).map((_, index) => path.slice(0, path.length - index));
      const within = wholes.find(isContested);
      return {
        path: within ?? (path.length > 0 ? path : [file]),
        sentence: `${[path[0], path[2]].filter((part) => part !== undefined).join(".") || file} does not fit any more: ${message}`,
        breaks: true,
        ...(within && { sides: { mine: "as it is there", theirs: "as it is there" } }),
      };
    });
}

/** Files as texts: whole where one side changed them, else line by line. */
function mergeFiles(
  { base, mine, theirs }: ThreeSources,
  isMeant: (path: string) => boolean,
  { words = ownWords, take = () => undefined }: MergeOptions,
) {
  const sources: Record<string, string> = {};
  const conflicts: MergeConflict[] = [];
  for (const path of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    if (!isMeant(path)) continue;
    const [was, ours, other] = [base[path], mine[path], theirs[path]];
    let text = ours === was ? other : ours;
    if (ours !== was && other !== was && ours !== other) {
      const both = was === undefined || ours === undefined || other === undefined ? null : { was, ours, other };
      const lines = both && mergeBoth(path, { base: both.was, mine: both.ours, theirs: both.other });
      if (lines === null) {
        const version = (side: string | undefined) => (side === undefined ? "removed" : "its own text");
        const sides = { mine: version(ours), theirs: version(other) };
        conflicts.push({ path: [path], sentence: words.file(path), sides });
        if (take([path]) === "theirs") text = other;
      } else text = lines;
    }
    if (text !== undefined) sources[path] = text;
  }
  return { sources, conflicts };
}

/** Tests each by its name; all else, and what cannot be read, line by line. */
function mergeBoth(path: string, texts: Parameters<typeof mergeTexts>[0]): string | null {
  return mergeTexts(texts) ?? (isTestFile(path) ? mergeTestTexts(path, texts) : null);
}

/** Texts of model files that carry what I wrote beside the model, such as comments. */
function textsOfBoth({ base, mine, theirs }: ThreeSources): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [path, ours] of Object.entries(mine)) {
    const [was, other] = [base[path], theirs[path]];
    if (!isModelFile(path) || ours === was) continue;
    if (other === was || other === undefined) texts.set(path, ours);
    else if (was !== undefined) {
      const lines = mergeTexts({ base: was, mine: ours, theirs: other });
      if (lines !== null) texts.set(path, lines);
    }
  }
  return texts;
}

/** The merged files with those texts that leave the model as it was merged. */
function withTexts(merged: Sources, texts: ReadonlyMap<string, string>, model: Model): Sources {
  let sources = merged;
  for (const [path, text] of texts) {
    if (sources[path] === undefined || sources[path] === text) continue;
    const candidate = { ...sources, [path]: text };
    const { model: says } = readModel(candidate);
    if (says && diffModels(model, says).length === 0) sources = candidate;
  }
  return sources;
}
