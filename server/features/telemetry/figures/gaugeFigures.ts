import { sql } from "drizzle-orm";
import type { Connection } from "../../../database.ts";
import { type Range, stepsOf } from "./ranges.ts";

/** What was looked at within one step of time: the largest value; null where nobody looked. */
export interface GaugePoint {
  readonly at: number;
  /** Connections in use at once. */
  readonly used: number | null;
  /** Statements that waited for one. */
  readonly waiting: number | null;
  /** As many connections as there may be. */
  readonly most: number | null;
  readonly databaseBytes: number | null;
  readonly streams: number | null;
}

interface Row extends Record<string, unknown> {
  readonly at: string;
  readonly name: string;
  readonly value: number;
}

const columns: Readonly<Record<string, Exclude<keyof GaugePoint, "at">>> = {
  "db.client.connection.count": "used",
  "db.client.connection.pending_requests": "waiting",
  "db.client.connection.max": "most",
  "gantry.database.size": "databaseBytes",
  "gantry.streams": "streams",
};

/** Runtimes side by side add up, but all of them see the same database. Its size stays until it is asked again. */
export async function gaugeFigures(
  db: Connection,
  environmentId: string,
  range: Range,
): Promise<readonly GaugePoint[]> {
  const { from, until, step } = range;
  const rows = await db.execute<Row>(sql`
    select (extract(epoch from date_bin(${`${step} milliseconds`}::interval, minute, ${from.toISOString()}::timestamptz)) * 1000)::bigint::text as at,
      name, max(value)::float8 as value
    from (
      select at as minute, name,
        case when name = 'gantry.database.size' then max(of_source) else sum(of_source) end as value
      from (
        select at, name, source, max(sum) as of_source from metric_points
        where environment_id = ${environmentId} and name in ${Object.keys(columns)}
          and at >= ${from.toISOString()}::timestamptz and at < ${until.toISOString()}::timestamptz
        group by at, name, source
      ) sources
      group by at, name
    ) minutes
    group by 1, 2`);
  const byStep = Map.groupBy(rows, ({ at }) => Number(at));
  let databaseBytes: number | null = null;
  return stepsOf(range).map((at) => {
    const seen = new Map((byStep.get(at) ?? []).map(({ name, value }) => [columns[name], value]));
    databaseBytes = seen.get("databaseBytes") ?? databaseBytes;
    const value = (column: keyof GaugePoint) => seen.get(column as "used") ?? null;
    return {
      at,
      used: value("used"),
      waiting: value("waiting"),
      most: value("most"),
      databaseBytes,
      streams: value("streams"),
    };
  });
}
