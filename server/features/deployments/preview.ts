import type { PlanRefusal } from "#lib/compile/schema/SchemaPlan.ts";
import { secretsUsed } from "#lib/model/secrets/secretsUsed.ts";
import type { Model } from "#lib/model/types.ts";
import type { Connection } from "../../database.ts";
import { readCheckedApp } from "../../functions/readCheckedApp.ts";
import { type Environment, outboundSettings, previewModel } from "../environments/service.ts";
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
  const { model, problems } = await readCheckedApp(files);
  if (!model) {
    const errors = problems.filter(({ severity }) => severity === "error");
    const refusals = errors.map(({ code, path, file, range, message }) => ({
      code,
      path,
      sentence: `${file}:${range.start.line}: ${message}`,
    }));
    return { ...base, steps: [], refusals, warnings: [] };
  }
  const plan = await previewModel(environment.id, model, { live: live && modelOfRelease(live) });
  const refusals: readonly (Pick<PlanRefusal, "path" | "sentence"> & { readonly code: string })[] = plan.refusals;
  return { ...base, steps: shownSteps(plan), refusals, warnings: await lacking(db, environment, model) };
}

/** Secrets that the model names and nobody has set: a deploy goes on without, but what needs them fails. */
async function lacking(db: Connection, environment: Environment, model: Model): Promise<readonly string[]> {
  const { secrets = {} } = await outboundSettings(db, environment);
  return secretsUsed(model)
    .filter(({ name }) => !Object.hasOwn(secrets, name))
    .map(
      ({ name, users }) => `The secret ${name} is not set, which ${users.join(" and ")} needs. Set it in the settings.`,
    );
}
