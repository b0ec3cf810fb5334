import { AppError } from "#lib/errors/AppError.ts";
import type { Sources } from "#lib/model/sources.ts";
import type { Model } from "#lib/model/types.ts";
import { readTests, type TestsReading } from "#lib/plan/tests/readTests.ts";
import { readCheckedApp } from "../../functions/readCheckedApp.ts";
import { branchHead, readFiles } from "../repository/service.ts";

/** An app's tests and model as they stand on a branch. */
export interface BranchTests extends TestsReading {
  readonly commit: string;
  readonly sources: Sources;
  /** Null where the model has errors. */
  readonly model: Model | null;
}

export interface OnBranch {
  readonly projectId: string;
  readonly branch: string;
}

/** Throws `not_found` where there is no such branch. */
export async function branchTests({ projectId, branch }: OnBranch): Promise<BranchTests> {
  const head = await branchHead(projectId, branch);
  if (!head) throw new AppError("not_found", `The repository has no branch "${branch}" (any more).`);
  const key = `${projectId} ${head.commit}`;
  const found = known.get(key) ?? read(projectId, head.commit);
  known.delete(key);
  known.set(key, found);
  // What could not be read now may be another time.
  found.catch(() => known.delete(key));
  const [oldest] = known.keys();
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
  return await found;
}

/** By project and commit, which never change: what is proposed from a model hangs on its object. */
const known = new Map<string, Promise<BranchTests>>();
const mostKnown = 20;

async function read(projectId: string, commit: string): Promise<BranchTests> {
  const { files } = await readFiles(projectId, commit);
  const model = await modelOf(files);
  return { commit, sources: files, model, ...readTests(files, model) };
}

/** The model of an app, whatever its tests say; null where it has errors. */
async function modelOf(files: Sources): Promise<Model | null> {
  const own = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith("tests/")));
  return (await readCheckedApp(own)).model;
}

/** The model, where something is asked that needs a sound one. */
export function requireModel({ model }: Pick<BranchTests, "model">): Model {
  if (!model) throw new AppError("invalid_model", "The model has errors. Mend them first: tests are proposed from it.");
  return model;
}
