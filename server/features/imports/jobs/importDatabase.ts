import { NonRetriableError } from "inngest";
import { AppError } from "#lib/errors/AppError.ts";
import { inngest } from "../../../jobs/client.ts";
import { ExpectedError } from "../../../jobs/ExpectedError.ts";
import { importRequested } from "../../../jobs/events.ts";
import { logDefect } from "../../../log.ts";
import { failImport, finishStep } from "./finishImport.ts";
import { findImport, ImportOverError, update } from "./ImportRow.ts";
import { loadStep } from "./loadStep.ts";
import { readStep } from "./readStep.ts";
import { bindStep, rowsStep } from "./rowsStep.ts";
import { saveStep } from "./saveStep.ts";

const unforeseen = {
  code: "internal",
  message: "Something went wrong on our side. Try the import again; if it fails again, tell us.",
};

/** Makes a project of an existing database, step by step; a killed one goes on where it was. */
export const importDatabase = inngest.createFunction(
  {
    id: "import-database",
    name: "Import a database",
    retries: 3,
    // Loading and copying keep the disk busy.
    concurrency: { limit: 2 },
    triggers: [importRequested],
    onFailure: ({ event }) => failImport(event.data.event.data.importId, unforeseen),
  },
  async ({ event, step }) => {
    const { importId } = event.data;
    const take = <Result>(work: () => Promise<Result>) => {
      return () => explained(importId, work);
    };
    const { isDump, withRows } = await step.run(
      "begin",
      take(() => shapeOf(importId)),
    );
    const leftOut = isDump
      ? await step.run(
          "load",
          take(() => loadStep(importId)),
        )
      : [];
    await step.run(
      "read",
      take(() => readStep(importId, leftOut)),
    );
    await step.run(
      "save",
      take(() => saveStep(importId)),
    );
    if (withRows) {
      await step.run(
        "rows",
        take(() => rowsStep(importId)),
      );
      await step.run(
        "bind",
        take(() => bindStep(importId)),
      );
    }
    await step.run(
      "finish",
      take(() => finishStep(importId)),
    );
  },
);

async function shapeOf(importId: string): Promise<{ readonly isDump: boolean; readonly withRows: boolean }> {
  const row = await findImport(importId);
  if (!row) throw new ImportOverError();
  return { isDump: row.source?.kind === "dump", withRows: row.withRows };
}

/** Keeps the public reason before the job engine learns of the failure, which gets no more than that. */
async function explained<Result>(importId: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ImportOverError) throw new NonRetriableError("The import is over.");
    if (!(error instanceof AppError)) {
      logDefect("A step of an import failed.", error, { importId });
      throw new ExpectedError("A step of the import failed.");
    }
    await update(importId, { failure: { code: error.code, message: error.message } });
    if (error.code === "unavailable") throw new ExpectedError(error.message);
    throw new NonRetriableError(error.message);
  }
}
