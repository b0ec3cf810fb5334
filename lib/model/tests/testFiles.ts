import { camelCase } from "../naming/camelCase.ts";
import { kebabCase } from "../naming/kebabCase.ts";
import { fieldNameShape } from "../naming/nameShape.ts";

/** More files of tests are refused. */
export const maxTestFiles = 500;

/** More tests of an app are refused: all of them are run in every deploy. */
export const maxTests = 2000;

/** Whether a file holds tests of the app. */
export function isTestFile(path: string): boolean {
  return /^tests\/[^/]+\.ts$/.test(path);
}

/** Where tests are written: `dealRules` in `tests/deal-rules.ts`. */
export function testFilePath(name: string): string {
  return `tests/${kebabCase(name)}.ts`;
}

/** `tests/deal-rules.ts` to `dealRules`; null where no name can be made of it. */
export function testFileName(path: string): string | null {
  const name = camelCase(path.replace(/^.*\/|\.ts$/g, ""));
  return fieldNameShape(name) === null ? name : null;
}

/** How results speak of a test: `dealRules/A won deal stays`. */
export function testId(file: string, test: string): string {
  return `${file}/${test}`;
}
