import { and, eq, gte, inArray, isNotNull, lt } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import type { Connection } from "../../../database.ts";
import type { Range } from "./ranges.ts";

/** When releases began to serve. */
export async function releaseMarks(db: Connection, environmentId: string, { from, until }: Range) {
  const rows = await db
    .select({ release: deployments.release, at: deployments.finishedAt })
    .from(deployments)
    .where(
      and(
        eq(deployments.environmentId, environmentId),
        inArray(deployments.state, ["live", "replaced", "rolledBack"]),
        isNotNull(deployments.finishedAt),
        gte(deployments.finishedAt, from),
        lt(deployments.finishedAt, until),
      ),
    )
    .orderBy(deployments.finishedAt);
  return rows.flatMap(({ release, at }) => (at ? [{ release, at: at.getTime() }] : []));
}
