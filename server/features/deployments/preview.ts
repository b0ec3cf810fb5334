import { readApp } from "#lib/codegen/graphql/operations/readApp.ts";
import type { PlanRefusal } from "#lib/compile/schema/SchemaPlan.ts";
import type { Connection } from "../../database.ts";
import { type Environment, previewModel } from "../environments/service.ts";
import { tellChanges } from "../model/service.ts";
import { readFiles } from "../repository/service.ts";
import { deploymentAt, modelOfRelease } from "./Deployment.ts";
import { shownSteps } from "./shownSteps.ts";

/** What a deploy of the branch as it is now would change: the model in sentences, the database in steps, and what stands in the way. */
export async function previewDeployment(db: Connection, environment: Environment) {
  const { commit, files } = await readFiles(environment.projectId, environment.branch);
  const live = environment.release === null ? null : await deploymentAt(db, environment.id, environment.release);
  const before = live ? (await readFiles(environment.projectId, live.commit)).files : {};
  const told = live?.commit === commit ? [] : tellChanges(before, files);
  const changes = told.map(({ sentence }) => sentence);
  const base = { commit, liveRelease: environment.release, changes, told };
  const { model, problems } = readApp(files);
  if (!model) {
    const errors = problems.filter(({ severity }) => severity === "error");
    const refusals = errors.map(({ code, path, file, range, message }) => ({
      code,
      path,
      sentence: `${file}:${range.start.line}: ${message}`,
    }));
    return { ...base, steps: [], refusals };
  }
  const plan = await previewModel(environment.id, model, { live: live && modelOfRelease(live) });
  const refusals: readonly (Pick<PlanRefusal, "path" | "sentence"> & { readonly code: string })[] = plan.refusals;
  return { ...base, steps: shownSteps(plan), refusals };
}
