import type { Problem } from "#lib/model/Problem.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import { readTests } from "#lib/plan/tests/readTests.ts";
import { CliFailure } from "../CliFailure.ts";
import type { Terminal } from "../terminal/Terminal.ts";

/** `domain/deal.ts:12:7  error  There is no resource "Compny". Did you mean "Company"?` */
function problemLine({ file, range, severity, message }: Problem, terminal: Terminal): string {
  const look = severity === "error" ? terminal.style("red", "error  ") : terminal.style("yellow", "warning");
  return `${file}:${range.start.line}:${range.start.column}  ${look}  ${message}`;
}

/** What is wrong with an app's files, as far as it can be seen without the server; told as they come. */
function localProblems(files: Sources, terminal: Terminal): readonly Problem[] {
  const read = readModel(files);
  const problems = [...read.problems, ...readTests(files, read.model).problems];
  for (const problem of problems) terminal.note(problemLine(problem, terminal));
  return problems;
}

/** Throws CliFailure when the app has errors. */
export function requireSound(files: Sources, terminal: Terminal): readonly Problem[] {
  const problems = localProblems(files, terminal);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return problems;
  const count = errors.length === 1 ? "an error" : `${errors.length} errors`;
  throw new CliFailure(`The app has ${count}.`, { code: "invalid_model", details: problems });
}
