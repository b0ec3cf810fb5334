import { AppError } from "#lib/errors/AppError.ts";
import type { Model } from "#lib/model/types.ts";
import type { Connection } from "../../database.ts";
import { readCheckedApp } from "../../functions/readCheckedApp.ts";
import { branchesOf, mergedFiles } from "../branches/service.ts";
import { liveModel, previewDeployment } from "../deployments/service.ts";
import { type Environment, findEnvironment } from "../environments/service.ts";
import { branchHead, readFiles } from "../repository/service.ts";
import { impactOfModels } from "./ofModels.ts";

/** What a deploy of a branch would change in an environment: the model, the database, the API, and who may do what. */
export async function impactOfDeploy(db: Connection, environment: Environment, branch = environment.branch) {
  await requireBranch(environment.projectId, branch);
  const preview = await previewDeployment(db, { ...environment, branch });
  const before = await liveModel(db, environment);
  const { model: after } = await readCheckedApp((await readFiles(environment.projectId, preview.commit)).files);
  // Before the first release nobody calls it; what cannot be read says so among the refusals.
  const models = before && after ? await impactOfModels(before, after, environment.id) : null;
  return { ...preview, branch, environment: environment.name, isFirst: environment.release === null, models };
}

export interface MergeNames {
  readonly from: string;
  readonly into: string;
}

/** What a merge would change on the branch that it goes into; calls are those of the environment that this is deployed to. */
export async function impactOfMerge(db: Connection, projectId: string, names: MergeNames) {
  await Promise.all([requireBranch(projectId, names.from), requireBranch(projectId, names.into)]);
  const files = await mergedFiles(projectId, names);
  if (!files) return { models: null, environment: null };
  const [before, after] = await Promise.all([soundModel(files.before), soundModel(files.after)]);
  const place = (await branchesOf(db, projectId)).find(({ name }) => name === names.into)?.environment ?? null;
  const environment = place && place.release !== null ? await findEnvironment(db, projectId, place.name) : null;
  const models = before && after ? await impactOfModels(before, after, environment?.id ?? null) : null;
  return { models, environment: environment?.name ?? null };
}

async function soundModel(files: Parameters<typeof readCheckedApp>[0]): Promise<Model | null> {
  return (await readCheckedApp(files)).model;
}

async function requireBranch(projectId: string, branch: string): Promise<void> {
  if (!(await branchHead(projectId, branch))) {
    throw new AppError("not_found", `The repository has no branch "${branch}".`);
  }
}
