import { database } from "../../../database.ts";
import { logDefect } from "../../../log.ts";
import { settleProject } from "../../projects/service.ts";
import { removeUpload } from "../../uploads/service.ts";
import { dropScratch, scratchName } from "../scratch/ScratchDatabase.ts";
import type { ImportRow } from "./ImportRow.ts";
import { beginStep, findImport, update } from "./ImportRow.ts";

/** Takes away what was only needed meanwhile and makes the project ready. */
export async function finishStep(id: string): Promise<void> {
  const row = await beginStep(id, "finish");
  await cleanUp(row);
  await settleProject(database(), row.projectId, { state: "ready" });
  await update(id, { state: "done", plan: null, finishedAt: new Date() });
}

/** Says why the import failed, unless it was said before, and takes away what it left. */
export async function failImport(
  id: string,
  failure: { readonly code: string; readonly message: string },
): Promise<void> {
  const row = await findImport(id);
  if (!row) {
    // The project was deleted, and the record with it.
    await dropScratch(scratchName(id));
    return;
  }
  if (row.state === "done") return;
  const said = row.failure ?? failure;
  await update(id, { state: "failed", failure: said, plan: null, finishedAt: new Date() });
  await settleProject(database(), row.projectId, { state: "failed", failure: said });
  await cleanUp(row);
}

async function cleanUp({ id, source, requestedBy }: ImportRow): Promise<void> {
  await dropScratch(scratchName(id));
  if (source?.kind === "dump" && "uploadId" in source && requestedBy !== null)
    await removeUpload(source.uploadId, requestedBy).catch((error: unknown) =>
      logDefect("An upload could not be removed.", error),
    );
  await update(id, { sourceSealed: null, scratchSealed: null });
}
