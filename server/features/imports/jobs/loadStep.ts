import { stat } from "node:fs/promises";
import { uploadPath } from "../../uploads/service.ts";
import { loadDump, loadLimits } from "../dump/loadDump.ts";
import type { OtherReport } from "../ImportReport.ts";
import { refusal } from "../refusal.ts";
import { createScratch } from "../scratch/ScratchDatabase.ts";
import { beginStep, keepScratch, progressOf, required } from "./ImportRow.ts";

const mostNotes = 300;

/** Loads the dump into a new scratch database. Answers what of it was left out. */
export async function loadStep(id: string): Promise<readonly OtherReport[]> {
  const row = await beginStep(id, "load");
  const source = required(row.source, "source");
  if (source.kind !== "dump") return [];
  const path = "path" in source ? source.path : await uploadPath(source.uploadId, required(row.requestedBy, "owner"));
  const size = await stat(path).catch((cause: unknown) => {
    throw refusal("The dump is no longer there. Send it again.", cause);
  });
  const tell = progressOf(id, size.size);
  const scratch = await createScratch(id, loadLimits);
  await keepScratch(id, scratch);
  let seen = 0;
  const notes = await loadDump(path, scratch, {
    onBytes: (bytes) => {
      tell(bytes - seen);
      seen = bytes;
    },
  });
  return notes.slice(0, mostNotes);
}
