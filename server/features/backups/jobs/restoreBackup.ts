import { setTimeout as pause } from "node:timers/promises";
import { desc, eq } from "drizzle-orm";
import { NonRetriableError } from "inngest";
import { deployments } from "#db/schema/deployments.ts";
import { restores } from "#db/schema/restores.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { restoreRequested } from "../../../jobs/events.ts";
import { logDefect } from "../../../log.ts";
import { requestDeployment } from "../../deployments/service.ts";
import { removeEnvironment } from "../../environments/service.ts";
import { mayPass, publicReason } from "../failure.ts";
import { fillEnvironment, noteRunning, openRestore, RestoreOverError } from "../restore/fillEnvironment.ts";

/** Makes a new environment of a backup; a try that is killed is followed by another, and in the end all or nothing is there. */
export const restoreBackup = inngest.createFunction(
  {
    id: "restore-backup",
    name: "Restore a backup",
    retries: 3,
    // Filling keeps the disk busy.
    concurrency: { limit: 2 },
    triggers: [restoreRequested],
  },
  async ({ event, step }) => {
    const { restoreId } = event.data;
    try {
      const { commit } = await step.run("rows", () => take(restoreId, () => fillEnvironment(restoreId)));
      const deploymentId = await step.run("deploy", () => take(restoreId, () => deploy(restoreId, commit)));
      if (deploymentId !== null) await step.run("serve", () => take(restoreId, () => served(deploymentId)));
      await step.run("finish", () => finish(restoreId));
      return { restoreId, state: "done" };
    } catch {
      await step.run("give up", () => failRestore(restoreId, null));
      return { restoreId, state: "failed" };
    }
  },
);

async function take<Result>(restoreId: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RestoreOverError) throw new NonRetriableError("The restore is over.");
    if (!(error instanceof AppError) || error.cause !== undefined) {
      logDefect("A step of a restore failed.", error, { restoreId });
    }
    const reason = publicReason(error);
    if (!mayPass(error)) {
      await failRestore(restoreId, reason);
      throw new NonRetriableError(reason);
    }
    await noteRunning(database(), restoreId, { detail: `${reason} Trying again.` });
    throw new Error(reason);
  }
}

/** Null where nothing was deployed when the backup was made. */
async function deploy(restoreId: string, commit: string | null): Promise<string | null> {
  const { restore, environment } = await openRestore(database(), restoreId);
  if (commit === null) return null;
  await noteRunning(database(), restoreId, { detail: "Deploying the release that it was backed up with." });
  const { projectId, name } = environment;
  // A second call finds what the first one began.
  const [begun] = await database()
    .select()
    .from(deployments)
    .where(eq(deployments.environmentId, environment.id))
    .orderBy(desc(deployments.release))
    .limit(1);
  if (begun && begun.state !== "failed") return begun.id;
  const userId = restore.requestedBy;
  const made = await requestDeployment({ projectId, environment: name, userId, commit, strategy: null });
  return made.id;
}

const lookMilliseconds = 200;

async function served(deploymentId: string): Promise<void> {
  for (;;) {
    const [deployment] = await database().select().from(deployments).where(eq(deployments.id, deploymentId));
    switch (deployment?.state) {
      case "queued":
      case "running":
      case "awaiting":
      case "trying":
        await pause(lookMilliseconds);
        break;
      case "live":
      case "replaced":
        return;
      default: {
        const reason = deployment?.failure?.message ?? "it is not there any more.";
        throw new AppError("conflict", `The rows are there, but the release was not deployed: ${reason}`);
      }
    }
  }
}

async function finish(restoreId: string): Promise<void> {
  await noteRunning(database(), restoreId, { state: "done", detail: null, finishedAt: new Date() });
}

/** What is not whole goes again; what has its rows stays, to be deployed. */
async function failRestore(restoreId: string, reason: string | null): Promise<void> {
  const db = database();
  const [restore] = await db.select().from(restores).where(eq(restores.id, restoreId));
  if (restore?.state !== "running") return;
  const said = restore.detail?.endsWith(" Trying again.") ? restore.detail.replace(/ Trying again\.$/, "") : null;
  const detail = reason ?? said ?? "The restore was interrupted too often. Try again.";
  if (restore.environmentId !== null) {
    const begun = await db.$count(deployments, eq(deployments.environmentId, restore.environmentId));
    if (begun === 0) await removeEnvironment(restore.environmentId);
  }
  await noteRunning(db, restoreId, { state: "failed", detail, finishedAt: new Date() });
}
