import { editCode } from "../edit/editCode.ts";
import { editImports } from "../edit/editImports.ts";
import { exportedCall, openSource } from "../edit/SourceFile.ts";
import { readTestText } from "../read/FileReading.ts";
import type { Sources } from "../sources.ts";
import { followTests } from "./followTests.ts";
import { type ModelChange, ModelNames } from "./ModelNames.ts";
import { testsCode } from "./printTests.ts";
import type { TestFileContent } from "./readTestFile.ts";
import { isTestFile } from "./testFiles.ts";

interface TestsEdit {
  readonly before: TestFileContent;
  readonly after: TestFileContent;
}

/** The text of a file of tests once it says `after` and no longer `before`. All else stays byte for byte. */
export function editTests(path: string, text: string, { before, after }: TestsEdit): string {
  const source = openSource(path, text);
  const code = (content: TestFileContent) => testsCode(content, source.style);
  // What goes is taken out first: then each of the others is found in its place.
  const names = new Set(after.tests.map(({ name }) => name));
  const kept = { ...before, tests: before.tests.filter(({ name }) => names.has(name)) };
  const reduced = editCode(source, exportedCall, { before: code(before), after: code(kept) });
  const edited = editCode(reduced, exportedCall, { before: code(kept), after: code(after) });
  return edited === source ? text : editImports(source, edited).text;
}

/** The sources whose tests speak of a model as it is called after a change; files that cannot be read stay as they are. */
export function editTestFiles(sources: Sources, change: ModelChange): Sources {
  const paths = Object.keys(sources).filter(isTestFile);
  if (paths.length === 0) return sources;
  const names = new ModelNames(change);
  const edited = paths.flatMap((path): (readonly [string, string])[] => {
    const text = sources[path] ?? "";
    const { content, reading } = readTestText(text);
    if (!content || reading.problems.length > 0) return [];
    const tests = followTests(content.tests, names);
    return tests === content.tests
      ? []
      : [[path, editTests(path, text, { before: content, after: { ...content, tests } })]];
  });
  return edited.length === 0 ? sources : { ...sources, ...Object.fromEntries(edited) };
}
