import { fileOf } from "../naming/fileOf.ts";
import type { Problem } from "../Problem.ts";
import type { Sources } from "../sources.ts";
import type { AppConfig, Model } from "../types.ts";
import { verifyModel } from "../verify/verifyModel.ts";
import type { DomainFile } from "./DomainFile.ts";
import type { FileReading } from "./FileReading.ts";
import { readAppFile, readDomainText } from "./FileReading.ts";
import { fileProblem, fileStart, isTooLarge, problemsOf, rangeIn, tooLarge } from "./fileProblems.ts";
import { linkModel } from "./linkModel.ts";
import { configFile, isDomainFile, maxModelFiles } from "./modelFiles.ts";
import type { Place, Places } from "./Places.ts";
import { readOperationFiles } from "./readOperationFiles.ts";
import { readFunctions, readProcesses } from "./readPrograms.ts";
import { salvagedDeclaration } from "./salvagedDeclaration.ts";

export interface ReadResult {
  /** Null when there are errors. */
  readonly model: Model | null;
  /** Everything that could be read, errors or not, so that it can be drawn; relationships may lead nowhere. */
  readonly draft: Model;
  /** By file and place; errors and warnings. */
  readonly problems: readonly Problem[];
  readonly places: Places;
}

interface ReadFile {
  readonly path: string;
  readonly reading: FileReading<DomainFile>;
  readonly content: DomainFile;
}

/** Reads an app's sources into its model. Never runs them and never throws. */
export function readModel(sources: Sources): ReadResult {
  const problems: Problem[] = [];
  const app = readConfig(sources, problems);
  const { files, byName, unread } = readResources(sources, problems);
  if (!app?.content) unread.add("app");
  const linked = linkModel(
    app?.content ?? { name: "" },
    files.map(({ content }) => content),
  );
  const operations = readOperationFiles(sources, problems);
  const [processes, functions] = [readProcesses(sources, problems), readFunctions(sources, problems)];
  for (const name of [...processes.unread, ...functions.unread]) unread.add(name);
  const draft = {
    ...linked,
    ...(operations.length > 0 ? { operations } : {}),
    ...(processes.files.length > 0 ? { processes: processes.files.map(({ content }) => content) } : {}),
    ...(functions.files.length > 0 ? { functions: functions.files.map(({ content }) => content) } : {}),
  };
  const placed = { resources: byName, processes: processes.byName, functions: functions.byName };
  const places = placesOf(placed, app, unread);
  // What could not be read says so already; that it is missing then needs no saying.
  const errors = problems.filter(({ severity }) => severity === "error");
  const refused = new Set(errors.map(({ path }) => JSON.stringify(path)));
  problems.push(...verifyModel(draft, places).filter(({ path }) => !refused.has(JSON.stringify(path))));
  problems.sort(
    (a, b) => compareText(a.file, b.file) || a.range.start.offset - b.range.start.offset || compareText(a.code, b.code),
  );
  const model = problems.some(({ severity }) => severity === "error") ? null : draft;
  return { model, draft, problems, places };
}

function readConfig(sources: Sources, problems: Problem[]): FileReading<AppConfig> | null {
  const text = sources[configFile];
  if (!Object.hasOwn(sources, configFile) || text === undefined) {
    const message = 'Add the file gantry.config.ts with `export default app({ name: "..." })`.';
    problems.push(fileProblem("missing_app", configFile, message));
    return null;
  }
  if (isTooLarge(text)) {
    problems.push(tooLarge(configFile));
    return null;
  }
  const reading = readAppFile(text);
  problems.push(...problemsOf(configFile, reading));
  return reading;
}

function readResources(sources: Sources, problems: Problem[]) {
  const paths = Object.keys(sources).filter(isDomainFile);
  paths.sort(compareText);
  const [extra] = paths.slice(maxModelFiles);
  if (extra !== undefined) {
    const message = `An app has at most ${maxModelFiles} resources; this one has ${paths.length} files in domain/. Remove some.`;
    problems.push(fileProblem("too_many_files", extra, message));
  }
  const files: ReadFile[] = [];
  for (const path of paths.slice(0, maxModelFiles)) {
    const text = sources[path] ?? "";
    if (isTooLarge(text)) {
      problems.push(tooLarge(path));
      continue;
    }
    const reading = readDomainText(text);
    problems.push(...problemsOf(path, reading));
    const content = reading.content ?? salvagedDeclaration(path, reading);
    if (content) files.push({ path, reading, content });
  }
  const byName = firstByName(files);
  const unread = new Set<string>();
  for (const file of files) {
    const { name } = file.content.declaration;
    const first = byName.get(name);
    if (first && first !== file) problems.push(duplicateResource(file, first));
    else if (!file.reading.content) unread.add(name);
    else if (file.path !== fileOf(name)) problems.push(misplaced(file));
  }
  return { files: files.filter((file) => byName.get(file.content.declaration.name) === file), byName, unread };
}

/** Of files that name the same thing, the one that is called after it counts, else the first. */
function firstByName(files: readonly ReadFile[]): ReadonlyMap<string, ReadFile> {
  const byName = new Map<string, ReadFile>();
  for (const file of files) {
    const { name } = file.content.declaration;
    if (!byName.has(name) || file.path === fileOf(name)) byName.set(name, file);
  }
  return byName;
}

interface PlacedFile {
  readonly path: string;
  readonly reading: FileReading<unknown>;
}

interface PlacedFiles {
  readonly resources: ReadonlyMap<string, PlacedFile>;
  readonly processes: ReadonlyMap<string, PlacedFile>;
  readonly functions: ReadonlyMap<string, PlacedFile>;
}

function placesOf(
  { resources, processes, functions }: PlacedFiles,
  app: FileReading<AppConfig> | null,
  unread: ReadonlySet<string>,
): Places {
  const config = app && { path: configFile, reading: app };
  const fileAt = ([root = "", name = ""]: readonly string[]): PlacedFile | null => {
    const program = root === "processes" ? processes.get(name) : root === "functions" ? functions.get(name) : undefined;
    return program ?? resources.get(root) ?? (root === "app" ? config : null);
  };
  return {
    unread,
    rangeOf(path): Place | null {
      const file = fileAt(path);
      if (file) return { file: file.path, range: rangeIn(file.reading, path) };
      return path[0] === "app" ? { file: configFile, range: fileStart } : null;
    },
    rangeWithin(path, part): Place | null {
      const file = fileAt(path);
      const literal = file?.reading.reading.spanOf(path);
      if (!file || !literal) return this.rangeOf(path);
      return { file: file.path, range: file.reading.lines.rangeWithin(literal, part) };
    },
  };
}

function duplicateResource(
  {
    path: file,
    reading,
    content: {
      declaration: { name },
    },
  }: ReadFile,
  first: ReadFile,
): Problem {
  return {
    code: "duplicate_name",
    severity: "error",
    message: `\`${name}\` is also in ${first.path}. Rename or remove one of them.`,
    file,
    range: rangeIn(reading, [name]),
    path: [name],
  };
}

function misplaced({
  path: file,
  reading,
  content: {
    declaration: { name },
  },
}: ReadFile): Problem {
  return {
    code: "file_name",
    severity: "warning",
    message: `Rename this file to ${fileOf(name)}, where \`${name}\` is looked for.`,
    file,
    range: rangeIn(reading, [name]),
    path: [name],
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
