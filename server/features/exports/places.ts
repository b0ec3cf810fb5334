import { join } from "node:path";
import { env } from "../../env.ts";

/** Where exports are, below the data folder. */
export function exportsFolder(): string {
  return join(env().GANTRY_DATA, "organisation-exports");
}

export function folderOf(organisationId: string): string {
  return join(exportsFolder(), organisationId);
}

interface Place {
  readonly id: string;
  readonly organisationId: string;
}

/** The archive once it is whole. */
export function archiveOf({ id, organisationId }: Place): string {
  return join(folderOf(organisationId), `${id}.tar.gz`);
}

/** What is put into it, while it is made. */
export function stagingOf({ id, organisationId }: Place): string {
  return join(folderOf(organisationId), `${id}.parts`);
}
