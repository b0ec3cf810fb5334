import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import type { Sources } from "#lib/model/sources.ts";
import type { TreeChange } from "./importCommit.ts";
import type { MergedEntries } from "./mergeEntries.ts";
import { type CommitSources, maxTextFile, maxTextTotal } from "./readSources.ts";
import { maxTreeEntries } from "./readTree.ts";
import { folderClash, treePathProblem } from "./treePath.ts";

/**
 * What turns a commit's text files into `files`: texts that are new or different, and texts that are gone.
 * Files that are no text stay as they are, but for what a merge says of them. Throws `invalid_input` for what cannot be kept in a repository.
 */
export function treeChanges(
  base: CommitSources | null,
  files: Sources,
  { modes, changes: others }: MergedEntries = nothingElse,
): readonly TreeChange[] {
  const old: Sources = base?.files ?? {};
  const changes: TreeChange[] = [];
  for (const [path, text] of Object.entries(files)) {
    const now = base?.entries.get(path)?.mode === "100755" ? "100755" : "100644";
    const mode = modes.get(path) ?? now;
    if (Object.hasOwn(old, path) && old[path] === text && mode === now) continue;
    changes.push({ path, content: Buffer.from(text), mode });
  }
  check(files, changes, { base, others });
  for (const path of Object.keys(old)) {
    if (!Object.hasOwn(files, path)) changes.push({ path, content: null, mode: "100644" });
  }
  return [...changes, ...others];
}

const nothingElse: MergedEntries = { modes: new Map(), changes: [] };

function check(
  files: Sources,
  changes: readonly TreeChange[],
  { base, others }: { readonly base: CommitSources | null; readonly others: readonly TreeChange[] },
): void {
  const problems: FieldError[] = [];
  for (const { path, content } of changes) {
    const problem = treePathProblem(path);
    if (problem) problems.push({ field: path, rule: "path", message: `The path "${path}" ${problem}.` });
    else if (!files[path]?.isWellFormed()) {
      problems.push({ field: path, rule: "encoding", message: `"${path}" is not valid Unicode.` });
    } else if (content instanceof Buffer && content.includes(0)) {
      problems.push({ field: path, rule: "encoding", message: `"${path}" has a NUL character, so it is no text.` });
    } else if ((content?.length ?? 0) > maxTextFile) {
      const limit = maxTextFile / 1024 / 1024;
      problems.push({ field: path, rule: "maxLength", message: `"${path}" is larger than ${limit} MiB.` });
    }
  }
  const gone = new Set(others.filter(({ content }) => content === null).map(({ path }) => path));
  const kept = [...(base?.entries.keys() ?? [])].filter(
    (path) => !Object.hasOwn(base?.files ?? {}, path) && !gone.has(path),
  );
  const added = others.filter(({ content }) => content !== null).map(({ path }) => path);
  const paths = new Set([...Object.keys(files), ...kept, ...added]);
  const clash = folderClash(paths);
  if (clash) problems.push({ field: clash, rule: "path", message: `"${clash}" cannot be both a file and a folder.` });
  if (problems.length > 0) throw new AppError("invalid_input", "Some files cannot be kept.", { fields: problems });
  const size = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (paths.size > maxTreeEntries || size > maxTextTotal) {
    throw new AppError(
      "payload_too_large",
      `An app's repository holds at most ${maxTreeEntries} files and ${maxTextTotal / 1024 / 1024} MiB of text.`,
    );
  }
}
