import type { Sources } from "#lib/model/sources.ts";

const most = 5;

/** Which files differ, for a change that says nothing of the model: `Edit README.md`. */
export function fileClauses(before: Sources, after: Sources): readonly string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  const changed = paths.filter((path) => before[path] !== after[path]);
  const clauses = changed.slice(0, most).map((path) => `${verb(before[path], after[path])} ${path}`);
  if (changed.length > most) clauses.push(`Edit ${changed.length - most} more files`);
  return clauses;
}

function verb(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return "Add";
  return after === undefined ? "Remove" : "Edit";
}
