import { AppError } from "#lib/errors/AppError.ts";
import { comparedPolicies } from "#lib/impact/policy/comparedPolicies.ts";
import type { Connection } from "../../database.ts";
import { configuredDriver } from "../../deploy/configuredDriver.ts";
import { readCheckedApp } from "../../functions/readCheckedApp.ts";
import { liveModel } from "../deployments/service.ts";
import type { Environment } from "../environments/service.ts";
import { readFiles } from "../repository/service.ts";

/** How many records people may read before and after. */
export interface AccessRows {
  readonly counts: readonly {
    readonly resource: string;
    /** `role sales`, `signedIn`, `anonymous`, as in the sentences of access. */
    readonly asker: string;
    readonly before: number | null;
    readonly after: number | null;
  }[];
  /** Whether there was no time for all. */
  readonly broken: boolean;
  /** Why some of the resources were not counted, in sentences. */
  readonly skipped: readonly string[];
}

const nothing: AccessRows = { counts: [], broken: false, skipped: [] };

/**
 * What the policies of a branch would let people read of the rows that an environment holds now, beside what they may:
 * only numbers leave the database.
 */
export async function accessRows(db: Connection, environment: Environment, branch: string): Promise<AccessRows> {
  const before = await liveModel(db, environment);
  const { files } = await readFiles(environment.projectId, branch);
  const { model: after } = await readCheckedApp(files);
  if (!before || !after) return nothing;
  const { resources, skipped } = comparedPolicies(before, after);
  if (resources.length === 0) return { ...nothing, skipped };
  const roles = [...new Set([...(after.app.roles ?? []), ...(before.app.roles ?? [])].map(({ name }) => name))];
  try {
    const answer = await configuredDriver().accessCounts(environment.id, { resources, roles });
    if (!answer) return { ...nothing, skipped: ["The runtime does not serve this environment."] };
    const counts = answer.counts.map(({ asker: { kind, role }, ...count }) => {
      return { ...count, asker: role !== null ? `role ${role}` : kind === "user" ? "signedIn" : "anonymous" };
    });
    return { counts, broken: answer.broken, skipped };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...nothing, skipped: [error.message] };
  }
}
