import type { Problem } from "#lib/model/Problem.ts";
import { isModelFile } from "#lib/model/read/modelFiles.ts";
import { isOperationFile } from "#lib/model/read/readOperationFiles.ts";
import { isTestFile } from "#lib/model/tests/testFiles.ts";
import { readCheckedApp } from "../../../functions/readCheckedApp.ts";
import type { GitDirectory } from "../git/GitDirectory.ts";
import { type CommitSources, maxTextFile, readSources } from "../git/readSources.ts";
import { treePathProblem } from "../git/treePath.ts";
import type { Judgement } from "./judgePush.ts";

const mostLines = 100;

/** Reads the files of one commit as an app. Every problem is one line: `domain/order.ts:12:5 error unknown_target: …`. */
export async function judgeTree(directory: GitDirectory, commit: string, branch: string): Promise<Judgement> {
  const sources = await readSources(directory, commit);
  const unreadable = [...unkeepablePaths(sources), ...unreadableFiles(sources)];
  const problems = unreadable.length > 0 ? [] : (await readCheckedApp(sources.files)).problems;
  const errors = unreadable.length + problems.filter(({ severity }) => severity === "error").length;
  const lines = [...unreadable, ...problems.map(problemLine)];
  const shown = lines.slice(0, mostLines);
  if (lines.length > mostLines) shown.push(`… and ${lines.length - mostLines} more.`);
  if (errors > 0) shown.push(`${branch} was not changed: ${errors === 1 ? "one error" : `${errors} errors`}.`);
  return { accepted: errors === 0, lines: shown };
}

/** A file that is only carried along. In bytes. */
const maxFile = 100 * 1024 * 1024;

/** What is not the same file on every machine, or none at all. */
function unkeepablePaths({ entries }: CommitSources): string[] {
  const lines: string[] = [];
  const folded = new Map<string, string>();
  for (const { path, size } of entries.values()) {
    const shown = path.length > 120 ? `${path.slice(0, 120)}…` : path;
    const problem = treePathProblem(path);
    const alike = folded.get(path.toLowerCase());
    folded.set(path.toLowerCase(), path);
    if (problem) lines.push(`${shown}:1:1 error path: This path ${problem}.`);
    else if (alike) lines.push(`${path}:1:1 error path: This path differs from ${alike} in capital letters only.`);
    else if (size > maxFile) lines.push(`${path}:1:1 error too_large: Keep files below ${maxFile / 1024 / 1024} MiB.`);
  }
  return lines;
}

const ours = /^(?:gantry\.config\.ts|(?:domain|processes|functions|operations|tests|seeds)(?:\/.*)?)$/;

const folders: ReadonlySet<string> = new Set(["domain", "processes", "functions", "operations", "tests", "seeds"]);

/** What keeps a file of the app from being read at all. */
function unreadableFiles({ entries, binary }: CommitSources): string[] {
  const lines: string[] = [];
  for (const { path, kind, size } of entries.values()) {
    if (!ours.test(path)) continue;
    if (kind === "symlink") lines.push(`${path}:1:1 error symlink: Replace the link by the file that it leads to.`);
    else if (kind === "submodule") lines.push(`${path}:1:1 error submodule: Replace the submodule by its files.`);
    else if (folders.has(path)) lines.push(`${path}:1:1 error folder: "${path}" must be a folder.`);
    else if (!isModelFile(path) && !isOperationFile(path) && !isTestFile(path)) continue;
    else if (size > maxTextFile) lines.push(`${path}:1:1 error too_large: Keep this file below ${maxTextFile} bytes.`);
    else if (binary.has(path)) lines.push(`${path}:1:1 error encoding: Save this file as UTF-8 text.`);
  }
  return lines;
}

function problemLine({ file, range, severity, code, message }: Problem): string {
  return `${file}:${range.start.line}:${range.start.column} ${severity} ${code}: ${message}`;
}
