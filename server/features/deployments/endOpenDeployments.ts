import type { Connection } from "../../database.ts";
import { endOthers } from "./progress.ts";

/** Ends whatever is open in an environment that goes, for that reason: a public sentence. */
export async function endOpenDeployments(db: Connection, environmentId: string, reason: string): Promise<void> {
  await endOthers(db, environmentId, { ending: { state: "failed", code: "conflict", message: reason } });
}
