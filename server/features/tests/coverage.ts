import { AppError } from "#lib/errors/AppError.ts";
import type { TestFile } from "#lib/model/testTypes.ts";
import type { Model } from "#lib/model/types.ts";
import type { Coverage } from "#lib/vetting/cover/Coverage.ts";
import { coverageOf } from "#lib/vetting/cover/coverageOf.ts";
import { proposingSteps } from "#lib/vetting/propose/proposeTests.ts";
import { logDefect } from "../../log.ts";
import { branchTests, type OnBranch, requireModel } from "./branchTests.ts";
import { inSlices } from "./inSlices.ts";

export type CoverageState =
  | { readonly state: "running"; readonly done: number; readonly total: number }
  | { readonly state: "done"; readonly coverage: Coverage };

type Work = CoverageState | { readonly state: "failed" };

/** By project and commit: of one commit it is always the same. Of this process; it is quickly worked out anew. */
const known = new Map<string, Work>();
const mostKnown = 50;
/** One after the other, since each takes a whole processor. */
let queue: Promise<void> = Promise.resolve();

/** What the tests of a branch cover; begins to work it out where that is not known, to be asked for again. */
export async function branchCoverage(at: OnBranch): Promise<CoverageState> {
  const tests = await branchTests(at);
  const model = requireModel(tests);
  const key = `${at.projectId} ${tests.commit}`;
  const found = known.get(key);
  if (found?.state === "failed") {
    known.delete(key);
    throw new AppError("internal", "The coverage could not be worked out. Try again.");
  }
  if (found) return found;
  const begun = { state: "running", done: 0, total: 0 } as const;
  remember(key, begun);
  queue = queue.then(() => workOut(key, model, tests.files));
  return begun;
}

async function workOut(key: string, model: Model, files: readonly TestFile[]): Promise<void> {
  try {
    await inSlices(proposingSteps(model));
    const coverage = await inSlices(coverageOf(model, files), (step) => known.set(key, { state: "running", ...step }));
    remember(key, { state: "done", coverage });
  } catch (error) {
    logDefect("The coverage of an app's tests could not be worked out.", error, {});
    known.set(key, { state: "failed" });
  }
}

function remember(key: string, work: Work): void {
  known.delete(key);
  known.set(key, work);
  const [oldest] = known.keys();
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
}
