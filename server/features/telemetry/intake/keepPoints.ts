import { sql } from "drizzle-orm";
import type { Connection } from "../../../database.ts";
import type { Point } from "./readMetrics.ts";

const together = 2000;

/**
 * Keeps what the minutes have come to. Within a minute counts only grow and gauges tell their largest value, so what is
 * told again, or late, never replaces what is newer. Environments that are gone are passed over.
 */
export async function keepPoints(db: Connection, points: readonly Point[]): Promise<void> {
  const rows = [...latestOf(points).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, point]) => point);
  for (let at = 0; at < rows.length; at += together) {
    const part = rows.slice(at, at + together).map((row) => ({ ...row, environment: row.environmentId }));
    await db.execute(sql`
      insert into metric_points (environment_id, at, name, series, source, attributes, count, sum, buckets)
      select environments.id, given.at, given.name, series, source, attributes, count, sum, buckets
      from jsonb_to_recordset(${JSON.stringify(part)}::text::jsonb) as given
        (environment uuid, at timestamptz, name text, series text, source text, attributes jsonb, count bigint, sum float8, buckets int[])
      join environments on environments.id = given.environment
      on conflict (environment_id, name, at, series, source) do update
      set count = excluded.count, sum = excluded.sum, buckets = excluded.buckets
      where (excluded.count, excluded.sum) > (metric_points.count, metric_points.sum)`);
  }
}

/** Each once, in one order: two reports at the same time must not wait for each other. */
function latestOf(points: readonly Point[]): ReadonlyMap<string, Point> {
  const latest = new Map<string, Point>();
  for (const point of points) {
    const { environmentId, name, at, series, source } = point;
    const key = [environmentId, name, at.toISOString(), series, source].join("\n");
    const other = latest.get(key);
    if (!other || point.count > other.count || (point.count === other.count && point.sum > other.sum)) {
      latest.set(key, point);
    }
  }
  return latest;
}
