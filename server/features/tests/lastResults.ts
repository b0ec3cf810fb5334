import { and, desc, eq, isNotNull } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import type { TestResult } from "#lib/model/testTypes.ts";
import type { Connection } from "../../database.ts";

export interface LastResults {
  readonly environment: string;
  readonly release: number;
  readonly commit: string;
  readonly at: Date;
  readonly results: readonly TestResult[];
}

/** What became of the app's tests in the deployment that ran them last, of a branch; null where none has. */
export async function lastResults(
  db: Connection,
  { projectId, branch }: { readonly projectId: string; readonly branch: string },
): Promise<LastResults | null> {
  const [row] = await db
    .select({
      environment: environments.name,
      release: deployments.release,
      commit: deployments.commit,
      at: deployments.createdAt,
      results: deployments.tests,
    })
    .from(deployments)
    .innerJoin(environments, eq(environments.id, deployments.environmentId))
    .where(and(eq(environments.projectId, projectId), eq(deployments.branch, branch), isNotNull(deployments.tests)))
    .orderBy(desc(deployments.createdAt))
    .limit(1);
  return row?.results ? { ...row, results: row.results } : null;
}
