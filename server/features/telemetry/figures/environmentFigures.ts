import { asc, eq } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import type { Connection } from "../../../database.ts";
import { gaugeFigures } from "./gaugeFigures.ts";
import { type RangeName, rangeUntil } from "./ranges.ts";
import { releaseMarks } from "./releaseMarks.ts";
import { requestFigures } from "./requestFigures.ts";
import { slowestRequests } from "./slowestRequests.ts";

/** The environments of a project side by side. */
export async function overview(db: Connection, projectId: string, name: RangeName) {
  const all = await db
    .select({ id: environments.id, name: environments.name, release: environments.release })
    .from(environments)
    .where(eq(environments.projectId, projectId))
    .orderBy(asc(environments.createdAt));
  const range = rangeUntil(name);
  const figures = await requestFigures(
    db,
    all.map(({ id }) => id),
    range,
  );
  const environmentsShown = all.map((environment, at) => ({ ...environment, figures: figures[at] ?? null }));
  return { ...timesOf(range), environments: environmentsShown };
}

/** All that the charts of one environment show. */
export async function environmentFigures(db: Connection, environmentId: string, name: RangeName) {
  const range = rangeUntil(name);
  const [[requests], gauges, marks, slowest] = await Promise.all([
    requestFigures(db, [environmentId], range),
    gaugeFigures(db, environmentId, range),
    releaseMarks(db, environmentId, range),
    slowestRequests(db, environmentId, range),
  ]);
  if (!requests) throw new Error("An environment that was asked for has no figures.");
  return { ...timesOf(range), requests, gauges, marks, slowest };
}

function timesOf({ from, until, step }: ReturnType<typeof rangeUntil>) {
  return { from: from.getTime(), until: until.getTime(), step };
}
