import { rm } from "node:fs/promises";
import { folderOf } from "./places.ts";

/** Takes the archives of an organisation off the disk for good. */
export async function removeExports(organisationId: string): Promise<void> {
  await rm(folderOf(organisationId), { recursive: true, force: true });
}
