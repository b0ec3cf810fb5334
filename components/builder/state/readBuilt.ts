import { type ReadResult, readModel } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import { readTests } from "#lib/plan/tests/readTests.ts";

/** What the files of the builder say: the model, and besides its problems those of the app's tests. */
export function readBuilt(sources: Sources): ReadResult {
  const read = readModel(sources);
  const { problems } = readTests(sources, read.model);
  if (problems.length === 0) return read;
  const isSound = problems.every(({ severity }) => severity !== "error");
  return { ...read, model: isSound ? read.model : null, problems: [...read.problems, ...problems] };
}
