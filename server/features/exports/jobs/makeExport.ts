import { NonRetriableError } from "inngest";
import { AppError } from "#lib/errors/AppError.ts";
import { inngest } from "../../../jobs/client.ts";
import { exportRequested } from "../../../jobs/events.ts";
import { logDefect } from "../../../log.ts";
import {
  beginExport,
  ExportOverError,
  exportOneProject,
  failExport,
  packExport,
  tellOfExport,
} from "../writeExport.ts";

const unforeseen = "Something went wrong on our side. Try again in a moment.";

/** Makes an archive of everything an organisation has; a step that was killed is done anew. */
export const makeExport = inngest.createFunction(
  {
    id: "make-export",
    name: "Export an organisation",
    retries: 3,
    // Reading everything keeps the disk busy.
    concurrency: { limit: 2 },
    triggers: [exportRequested],
  },
  async ({ event, step }) => {
    const { exportId } = event.data;
    try {
      const projects = await step.run("begin", () => noting(exportId, () => beginExport(exportId)));
      let rows = 0;
      for (const id of projects) {
        const before = rows;
        rows = await step.run(`project ${id}`, () => noting(exportId, () => exportOneProject(exportId, id, before)));
      }
      await step.run("pack", () => noting(exportId, () => packExport(exportId)));
    } catch {
      await step.run("give up", () => failExport(exportId, unforeseen));
      return { exportId, state: "failed" };
    }
    await step.run("tell", () => tellOfExport(exportId));
    return { exportId, state: "done" };
  },
);

async function noting<Result>(exportId: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ExportOverError) throw new NonRetriableError("The export is over.");
    if (error instanceof AppError && error.code !== "unavailable") {
      await failExport(exportId, error.message);
      throw new NonRetriableError(error.message);
    }
    logDefect("A step of an export failed.", error, { exportId });
    throw error;
  }
}
