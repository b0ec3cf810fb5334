import { describeChange } from "#lib/model/diff/describeChange.ts";
import { diffModels } from "#lib/model/diff/diffModels.ts";
import { isModelFile, readModel } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";

const mostFiles = 5;

/**
 * What lies between two states of an app's files, as sentences: of the model first, then of the files that say nothing
 * of it. Model files are named only where the model stayed the same, as with a comment.
 */
export function describeChanges(before: Sources, after: Sources): readonly string[] {
  const changes = diffModels(readModel(before).draft, readModel(after).draft).map(describeChange);
  return [...changes, ...describeFiles(before, after, (path) => changes.length === 0 || !isModelFile(path))];
}

function describeFiles(before: Sources, after: Sources, tell: (path: string) => boolean): readonly string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  const changed = paths.filter((path) => before[path] !== after[path] && tell(path));
  const sentences = changed.slice(0, mostFiles).map((path) => `${verb(before[path], after[path])} ${path}`);
  if (changed.length > mostFiles) sentences.push(`Edit ${changed.length - mostFiles} more files`);
  return sentences;
}

function verb(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return "Add";
  return after === undefined ? "Remove" : "Edit";
}
