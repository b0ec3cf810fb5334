import { AppError } from "#lib/errors/AppError.ts";
import type { AppTest } from "#lib/model/testTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { readTests } from "#lib/plan/tests/readTests.ts";

/** Where and why the code of a test is not understood. */
export interface CodeProblem {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface ReadCode {
  readonly test: AppTest | null;
  readonly problems: readonly CodeProblem[];
}

/** Reads a file with one test, as an editor holds it. */
export function readTestCode(code: string, model: Model | null): ReadCode {
  const { files, problems } = readTests({ "tests/edited.ts": code }, model);
  const errors = problems
    .filter(({ severity }) => severity === "error")
    .map(({ range, message }) => ({ line: range.start.line, column: range.start.column, message }));
  const tests = files[0]?.tests ?? [];
  const [test = null] = tests;
  if (errors.length === 0 && tests.length !== 1) {
    errors.push({ line: 1, column: 1, message: "Write exactly one test here." });
  }
  return { test: errors.length === 0 ? test : null, problems: errors };
}

/** The same, where it must be sound. */
export function requireTest(code: string, model: Model | null): AppTest {
  const { test, problems } = readTestCode(code, model);
  if (test) return test;
  throw new AppError("invalid_input", "The test is not understood. Mend what is marked.", {
    fields: problems.map(({ line, column, message }) => ({ field: `code:${line}:${column}`, rule: "code", message })),
  });
}
