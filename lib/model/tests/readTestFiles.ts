import type { Problem } from "../Problem.ts";
import type { FileReading } from "../read/FileReading.ts";
import { readTestText } from "../read/FileReading.ts";
import { fileProblem, fileStart, isTooLarge, rangeIn, tooLarge } from "../read/fileProblems.ts";
import type { Place, Places } from "../read/Places.ts";
import { present } from "../read/present.ts";
import type { Sources } from "../sources.ts";
import type { TestFile } from "../testTypes.ts";
import type { TestFileContent } from "./readTestFile.ts";
import { isTestFile, maxTestFiles, maxTests, testFileName, testFilePath } from "./testFiles.ts";

/** What the files under `tests/` say, whatever the model says. */
export interface TestFilesReading {
  /** In the order of their files; tests that could not be read are not in them. */
  readonly files: readonly TestFile[];
  readonly problems: readonly Problem[];
  /** Of paths such as `["tests", "dealRules", "A won deal stays", "expect"]`. */
  readonly places: Places;
}

interface ReadFile {
  readonly path: string;
  readonly reading: FileReading<TestFileContent>;
}

/** Reads an app's files of tests. Never runs them and never throws. */
export function readTestFiles(sources: Sources): TestFilesReading {
  const paths = Object.keys(sources).filter(isTestFile).toSorted();
  const problems: Problem[] = [];
  const byName = new Map<string, ReadFile>();
  const files: TestFile[] = [];
  const extra = paths[maxTestFiles];
  if (extra !== undefined) {
    problems.push(fileProblem("too_many_files", extra, `An app has at most ${maxTestFiles} files in tests/.`));
  }
  for (const path of paths.slice(0, maxTestFiles)) {
    const text = sources[path] ?? "";
    const name = testFileName(path);
    const misnamed = nameProblem(path, name, byName);
    if (misnamed) problems.push(misnamed);
    else if (isTooLarge(text)) problems.push(tooLarge(path));
    if (misnamed || name === null || isTooLarge(text)) continue;
    const reading = readTestText(text);
    byName.set(name, { path, reading });
    for (const { span, path: at, ...problem } of reading.reading.problems) {
      problems.push({ ...problem, file: path, range: reading.lines.range(span), path: ["tests", name, ...at] });
    }
    files.push({ name, ...present({ describe: reading.content?.describe }), tests: reading.content?.tests ?? [] });
  }
  problems.push(...tooMany(files));
  return { files, problems, places: placesOf(byName) };
}

function nameProblem(path: string, name: string | null, byName: ReadonlyMap<string, ReadFile>): Problem | null {
  if (name === null) {
    const message =
      "The name of this file starts with a letter and has only letters, digits and `-`: tests/deal-rules.ts.";
    return fileProblem("file_name", path, message);
  }
  const first = byName.get(name);
  if (first)
    return fileProblem("duplicate_name", path, `${first.path} has the same name. Rename or remove one of them.`);
  const usual = testFilePath(name);
  return usual === path ? null : fileProblem("file_name", path, `Rename this file to ${usual}.`);
}

function tooMany(files: readonly TestFile[]): readonly Problem[] {
  let count = 0;
  for (const { name, tests } of files) {
    count += tests.length;
    if (count <= maxTests) continue;
    const message = `An app has at most ${maxTests} tests, since all are run in every deploy. Remove some.`;
    return [fileProblem("too_many", testFilePath(name), message)];
  }
  return [];
}

function placesOf(byName: ReadonlyMap<string, ReadFile>): Places {
  const fileAt = ([root, name = ""]: readonly string[]) => (root === "tests" ? byName.get(name) : undefined);
  return {
    unread: new Set(),
    rangeOf(path): Place | null {
      const file = fileAt(path);
      return file ? { file: file.path, range: rangeIn(file.reading, path.slice(2)) } : null;
    },
    rangeWithin(path, part): Place | null {
      const file = fileAt(path);
      if (!file) return null;
      const literal = file.reading.reading.spanOf(path.slice(2));
      const range = literal ? file.reading.lines.rangeWithin(literal, part) : fileStart;
      return { file: file.path, range };
    },
  };
}
