import { camelCase } from "../naming/camelCase.ts";
import { fieldNameShape } from "../naming/nameShape.ts";
import type { ProgramKind } from "../naming/programFile.ts";
import { programFile, programFolder } from "../naming/programFile.ts";
import type { Problem } from "../Problem.ts";
import type { AppFunction, Process } from "../processTypes.ts";
import type { Sources } from "../sources.ts";
import type { FileReading } from "./FileReading.ts";
import { readFunctionText, readProcessText } from "./FileReading.ts";
import { fileProblem, isTooLarge, problemsOf, rangeIn, tooLarge } from "./fileProblems.ts";
import { maxProgramFiles, programKindOf } from "./modelFiles.ts";

/** A file of a process or a function, and what could be read of it. */
export interface ProgramFile<T> {
  readonly path: string;
  readonly reading: FileReading<T>;
  readonly content: T;
}

export interface Programs<T> {
  readonly files: readonly ProgramFile<T>[];
  readonly byName: ReadonlyMap<string, ProgramFile<T>>;
  /** Names of those whose files could not be read. */
  readonly unread: readonly string[];
}

export function readProcesses(sources: Sources, problems: Problem[]): Programs<Process> {
  const read = { kind: "process", read: readProcessText, empty: emptyProcess } as const;
  return readPrograms(sources, problems, read);
}

export function readFunctions(sources: Sources, problems: Problem[]): Programs<AppFunction> {
  const read = { kind: "function", read: readFunctionText, empty: emptyFunction } as const;
  return readPrograms(sources, problems, read);
}

interface ProgramReader<T> {
  readonly kind: ProgramKind;
  readonly read: (text: string) => FileReading<T>;
  readonly empty: (name: string) => T;
}

function readPrograms<T extends { readonly name: string }>(
  sources: Sources,
  problems: Problem[],
  { kind, read, empty }: ProgramReader<T>,
): Programs<T> {
  const paths = Object.keys(sources).filter((path) => programKindOf(path) === kind);
  const files: ProgramFile<T>[] = [];
  const unread: string[] = [];
  const [extra] = paths.toSorted().slice(maxProgramFiles);
  if (extra !== undefined) {
    const folder = programFolder(kind);
    problems.push(fileProblem("too_many_files", extra, `An app has at most ${maxProgramFiles} files in ${folder}/.`));
  }
  for (const path of paths.toSorted().slice(0, maxProgramFiles)) {
    const text = sources[path] ?? "";
    if (isTooLarge(text)) {
      problems.push(tooLarge(path));
      continue;
    }
    const reading = read(text);
    problems.push(...problemsOf(path, reading));
    const content = reading.content ?? salvaged(path, reading, empty);
    if (!content) continue;
    files.push({ path, reading, content });
    if (!reading.content) unread.push(content.name);
  }
  const byName = firstByName(files, kind);
  for (const file of files) {
    const { name } = file.content;
    const first = byName.get(name);
    const usual = programFile(kind, name);
    if (first && first !== file) {
      const message = `\`${name}\` is also in ${first.path}. Rename or remove one of them.`;
      problems.push(misplaced(file, { code: "duplicate_name", severity: "error", message }, kind));
    } else if (file.reading.content && file.path !== usual && fieldNameShape(name) === null) {
      const message = `Rename this file to ${usual}, where \`${name}\` is looked for.`;
      problems.push(misplaced(file, { code: "file_name", severity: "warning", message }, kind));
    }
  }
  return { files: files.filter((file) => byName.get(file.content.name) === file), byName, unread };
}

/** One of which only the name could be made out, so that a slip of the pen does not take it off the screen. */
function salvaged<T>(path: string, reading: FileReading<T>, empty: (name: string) => T): T | null {
  const name = reading.salvaged?.name ?? camelCase(path.replace(/^.*\/|\.ts$/g, ""));
  if (fieldNameShape(name) !== null) return null;
  const known = salvages.get(reading);
  if (known && known.name === name) return known.content as T;
  const content = empty(name);
  salvages.set(reading, { name, content });
  return content;
}

const salvages = new WeakMap<FileReading<unknown>, { readonly name: string; readonly content: unknown }>();

function emptyProcess(name: string): Process {
  return { name, steps: [] };
}

function emptyFunction(name: string): AppFunction {
  return { name, parameters: [], returns: { kind: "json" }, source: "" };
}

/** Of files that name the same thing, the one that is called after it counts, else the first. */
function firstByName<T extends { readonly name: string }>(
  files: readonly ProgramFile<T>[],
  kind: ProgramKind,
): ReadonlyMap<string, ProgramFile<T>> {
  const byName = new Map<string, ProgramFile<T>>();
  for (const file of files) {
    const { name } = file.content;
    if (!byName.has(name) || file.path === programFile(kind, name)) byName.set(name, file);
  }
  return byName;
}

function misplaced<T extends { readonly name: string }>(
  { path: file, reading, content }: ProgramFile<T>,
  said: Pick<Problem, "code" | "severity" | "message">,
  kind: ProgramKind,
): Problem {
  const path = [programFolder(kind), content.name];
  return { ...said, file, range: rangeIn(reading, path), path };
}
