import { eq } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import { restores } from "#db/schema/restores.ts";
import { placedModel } from "#lib/compile/schema/placeColumns.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Sources } from "#lib/model/sources.ts";
import type { TestResult } from "#lib/model/testTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { database } from "../../../database.ts";
import { readCheckedApp } from "../../../functions/readCheckedApp.ts";
import { copyRows } from "../../backups/service.ts";
import {
  applyModel,
  asEnvironmentOwner,
  type Environment,
  PlanRefusedError,
  previewModel,
  provisionEnvironment,
} from "../../environments/service.ts";
import { runGate } from "../../gate/service.ts";
import { readFiles } from "../../repository/service.ts";
import { askForApproval } from "../approval.ts";
import { compileSnapshot } from "../compileSnapshot.ts";
import { type Deployment, liveModel } from "../Deployment.ts";
import type { DeploymentStepName } from "../deploymentSteps.ts";
import { setStep, switchedTo } from "../progress.ts";
import { startRollout } from "../rollouts/startRollout.ts";
import { insertSeeds } from "../seeds/insertSeeds.ts";
import { readSeeds } from "../seeds/readSeeds.ts";
import { shownSteps } from "../shownSteps.ts";
import { switchOver } from "../switchOver.ts";
import { giveWay } from "./giveWay.ts";

interface Work {
  readonly deployment: Deployment;
  readonly environment: Environment;
}

/** Does the work of one step and says in a public sentence what was done. Every one may be repeated. */
export async function stepWork(deploymentId: string, name: DeploymentStepName): Promise<string> {
  const work = await load(deploymentId);
  switch (name) {
    case "verify":
      return verify(work);
    case "compile":
      return compile(work);
    case "provision":
      return provision(work);
    case "plan":
      return plan(work);
    case "test":
      return test(work);
    case "approve":
      await giveWay(work);
      return askForApproval(deploymentId);
    case "apply":
      return apply(work);
    case "rows":
      return rows(work);
    case "rollout":
      await giveWay(work);
      return startRollout(work.deployment);
    case "switch":
      await switchOver(work.deployment);
      return switchedTo(work.deployment.release);
  }
}

async function load(deploymentId: string): Promise<Work> {
  const [work] = await database()
    .select({ deployment: deployments, environment: environments })
    .from(deployments)
    .innerJoin(environments, eq(environments.id, deployments.environmentId))
    .where(eq(deployments.id, deploymentId));
  if (!work) throw new AppError("not_found", "This deployment is not there any more.");
  const { name, removingSince } = work.environment;
  if (removingSince) throw new AppError("conflict", `The environment ${name} is being removed.`);
  return work;
}

async function verify(work: Work): Promise<string> {
  const { model, files } = await readSources(work);
  if (isFirst(work)) readSeeds(model, files);
  const count = model.resources.length;
  return `The model has ${count} ${count === 1 ? "resource" : "resources"} and no errors.`;
}

async function readSources({ deployment, environment }: Work): Promise<{ model: Model; files: Sources }> {
  const { files } = await readFiles(environment.projectId, deployment.commit);
  const { model, problems } = await readCheckedApp(files);
  if (model) return { model, files };
  const errors = problems
    .filter(({ severity }) => severity === "error")
    .map(({ file, range, code, message }) => ({
      field: `${file}:${range.start.line}:${range.start.column}`,
      rule: code,
      message,
    }));
  const [first] = errors;
  const rest = errors.length > 1 ? ` And ${errors.length - 1} more.` : "";
  const message = first ? `${first.field}: ${first.message}${rest}` : "The model has errors.";
  throw new AppError("invalid_model", message, { fields: errors });
}

async function compile(work: Work): Promise<string> {
  const { model } = await readSources(work);
  const snapshot = compileSnapshot(model);
  await database()
    .update(deployments)
    .set({ snapshot, snapshotHash: snapshot.hash })
    .where(eq(deployments.id, work.deployment.id));
  return `Snapshot ${snapshot.hash.slice(0, 12)}.`;
}

function modelOf({ id, snapshot }: Deployment): Model {
  if (!snapshot) throw new Error(`Deployment ${id} has no snapshot.`);
  return snapshot.model;
}

/** A preview of rows begins as a masked copy: what follows changes that, as it would change the original. */
async function provision({ environment }: Work): Promise<string> {
  const { id, copiedFrom } = environment;
  await provisionEnvironment(id);
  const copied = copiedFrom !== null && isFirst({ environment }) ? await copyRows({ from: copiedFrom, to: id }) : null;
  if (!copied) return "The app's own database and role are ready.";
  const rows = copied.rows === 1 ? "One row was" : `${copied.rows} rows were`;
  return `The app's own database and role are ready. ${rows} copied into it, masked where they are sensitive.`;
}

async function plan({ deployment, environment }: Work): Promise<string> {
  const live = await liveModel(database(), environment);
  const made = await previewModel(environment.id, modelOf(deployment), { live, release: deployment.release });
  await database()
    .update(deployments)
    .set({ plan: shownSteps(made) })
    .where(eq(deployments.id, deployment.id));
  if (made.refusals.length > 0) throw new PlanRefusedError(made.refusals);
  const count = made.steps.length;
  if (count === 0) return "The database already has what the model needs.";
  return count === 1 ? "One step to take." : `${count} steps to take.`;
}

async function test(work: Work): Promise<string> {
  const { model, files } = await readSources(work);
  const { id } = work.deployment;
  const place = { deploymentId: id, name: "test" } as const;
  const tests = await runGate({
    model,
    files,
    onProgress: ({ done, total }) => setStep(database(), place, { detail: `${done} of ${total} tests have run.` }),
  });
  await database().update(deployments).set({ tests }).where(eq(deployments.id, id));
  const failed = tests.filter(({ state }) => state === "failed");
  if (failed.length > 0) throw new AppError("invalid_model", failedTests(failed, tests.length));
  if (tests.length === 0) return "The app has no tests.";
  return tests.length === 1 ? "The one test passed." : `All ${tests.length} tests passed.`;
}

const mostNamed = 5;

function failedTests(failed: readonly TestResult[], total: number): string {
  const names = failed.slice(0, mostNamed).map(({ id }) => `“${id}”`);
  const more = failed.length > mostNamed ? ` and ${failed.length - mostNamed} more` : "";
  return `${failed.length} of ${total} ${total === 1 ? "test" : "tests"} failed: ${names.join(", ")}${more}.`;
}

async function apply({ deployment, environment }: Work): Promise<string> {
  const { steps, places } = await applyModel(environment.id, modelOf(deployment), {
    only: ({ when }) => when === "beforeSwitch",
    live: await liveModel(database(), environment),
    release: deployment.release,
  });
  if (deployment.snapshot && places.length > 0) {
    await database()
      .update(deployments)
      .set({ snapshot: { ...deployment.snapshot, places } })
      .where(eq(deployments.id, deployment.id));
  }
  if (steps.length === 0) return "Nothing had to change.";
  return steps.length === 1 ? "One step is done." : `${steps.length} steps are done.`;
}

async function rows(work: Work): Promise<string> {
  if (!isFirst(work)) return "Only the first release brings rows.";
  // Also where these are none.
  const isRestored = eq(restores.environmentId, work.environment.id);
  if ((await database().$count(restores, isRestored)) > 0) return "The rows are those of a backup.";
  const { model: written, files } = await readSources(work);
  const model = placedModel(written, work.deployment.snapshot?.places ?? []);
  const seeds = readSeeds(model, files);
  if (seeds.length === 0) return "The app brings no rows.";
  const inserted = await asEnvironmentOwner(work.environment.id, (sql) => insertSeeds(sql, model, seeds));
  if (!inserted) return "The database already holds rows.";
  return inserted.rows === 1 ? "One row is in." : `${inserted.rows} rows are in.`;
}

function isFirst({ environment }: Pick<Work, "environment">): boolean {
  return environment.release === null;
}
