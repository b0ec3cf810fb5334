import type { Connection } from "../../database.ts";
import type { Environment } from "../environments/service.ts";
import { type BranchRule, ruleFor } from "../rules/service.ts";

/** What becomes of a deployment that waits when a newer one of the environment comes, as its branch's rule says. */
export async function concurrencyOf(
  db: Connection,
  { projectId, branch }: Environment,
): Promise<BranchRule["concurrent"]> {
  return (await ruleFor(db, projectId, branch))?.concurrent ?? "queue";
}
