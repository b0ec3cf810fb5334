import type { Problem } from "../Problem.ts";
import type { SourceRange, Sources } from "../sources.ts";
import type { OperationFile } from "../types.ts";

const maxFiles = 500;
/** In UTF-16 units, of all files together. */
const maxTotal = 1024 * 1024;

const fileStart: SourceRange = {
  start: { offset: 0, line: 1, column: 1 },
  end: { offset: 0, line: 1, column: 1 },
};

/** Whether a file holds GraphQL operations of the app's own. */
export function isOperationFile(path: string): boolean {
  return /^operations\/[^/]+\.graphql$/.test(path);
}

/** The files of operations in the order of their names, as they are: whether they fit the app is asked with its schema at hand. */
export function readOperationFiles(sources: Sources, problems: Problem[]): readonly OperationFile[] {
  const paths = Object.keys(sources).filter(isOperationFile).toSorted();
  const files = paths.map((file) => ({ file, text: sources[file] ?? "" }));
  const refuse = (file: string, code: string, message: string) =>
    problems.push({ code, severity: "error", message, file, range: fileStart, path: [] });
  const extra = paths[maxFiles];
  if (extra !== undefined) refuse(extra, "too_many_files", `An app has at most ${maxFiles} files in operations/.`);
  let total = 0;
  for (const { file, text } of files) {
    total += text.length;
    if (total <= maxTotal) continue;
    refuse(file, "too_large", "The files in operations/ are larger than 1 MB together. Take some out.");
    return [];
  }
  return extra === undefined ? files : [];
}
