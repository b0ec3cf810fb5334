import { type ReadResult, readModel } from "../../../model/read/readModel.ts";
import type { Sources } from "../../../model/sources.ts";
import { readTests } from "../../../plan/tests/readTests.ts";
import { verifyOperations } from "./verifyOperations.ts";

/**
 * Reads an app's sources with all that depends on them: its model, its operations against the schema of that, and its
 * tests.
 */
export function readApp(sources: Sources): ReadResult {
  const read = readModel(sources);
  const operations = read.model ? verifyOperations(read.model) : [];
  const problems = [...operations, ...readTests(sources, read.model).problems];
  if (problems.length === 0) return read;
  const isSound = problems.every(({ severity }) => severity !== "error");
  return { ...read, model: isSound ? read.model : null, problems: [...read.problems, ...problems] };
}
