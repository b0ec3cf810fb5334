import type { Problem } from "../../model/Problem.ts";
import type { Places } from "../../model/read/Places.ts";
import type { Sources } from "../../model/sources.ts";
import { readTestFiles } from "../../model/tests/readTestFiles.ts";
import type { TestFile } from "../../model/testTypes.ts";
import type { Model } from "../../model/types.ts";
import { problemAt } from "../../model/verify/Rule.ts";
import { verifyTests } from "./verifyTests.ts";

export interface TestsReading {
  /** In the order of their files; tests that could not be read are not in them, those that do not fit the model are. */
  readonly files: readonly TestFile[];
  /** By file and place. */
  readonly problems: readonly Problem[];
  readonly places: Places;
}

/** Reads an app's tests and holds them against its model; a null model is one with errors, against which nothing is held. */
export function readTests(sources: Sources, model: Model | null): TestsReading {
  const { files, problems: unread, places } = readTestFiles(sources);
  const misfits = model === null ? [] : verifyTests(model, files).map((finding) => problemAt(places, finding));
  const problems = [...unread, ...misfits].toSorted(
    (a, b) => compareText(a.file, b.file) || a.range.start.offset - b.range.start.offset,
  );
  return { files, problems, places };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
