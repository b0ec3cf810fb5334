import type { Sources } from "#lib/model/sources.ts";

const mostFiles = 5;

/** What lies between two states of an app's files, as sentences: of the model first, then of the files that say nothing of it. */
export function describeChanges(before: Sources, after: Sources): readonly string[] {
  return describeFiles(before, after);
}

function describeFiles(before: Sources, after: Sources): readonly string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  const changed = paths.filter((path) => before[path] !== after[path]);
  const sentences = changed.slice(0, mostFiles).map((path) => `${verb(before[path], after[path])} ${path}`);
  if (changed.length > mostFiles) sentences.push(`Edit ${changed.length - mostFiles} more files`);
  return sentences;
}

function verb(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return "Add";
  return after === undefined ? "Remove" : "Edit";
}
