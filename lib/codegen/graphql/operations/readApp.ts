import { type ReadResult, readModel } from "../../../model/read/readModel.ts";
import type { Sources } from "../../../model/sources.ts";
import { verifyOperations } from "./verifyOperations.ts";

/** Reads an app's sources with all that depends on them: its model, and its operations against the schema of that. */
export function readApp(sources: Sources): ReadResult {
  const read = readModel(sources);
  if (!read.model) return read;
  const problems = verifyOperations(read.model);
  return problems.length === 0 ? read : { ...read, model: null, problems: [...read.problems, ...problems] };
}
