import { type SQL, sql } from "drizzle-orm";
import { durationBounds } from "#lib/compile/Snapshot.ts";
import { percentileOf } from "#lib/figures/percentileOf.ts";
import type { Connection } from "../../../database.ts";
import { type Range, stepsOf } from "./ranges.ts";
import { hourlyRequests } from "./rollUp.ts";

/** How requests fared within one step of time. */
export interface RequestPoint {
  /** ms since 1970 at which the step begins. */
  readonly at: number;
  readonly requests: number;
  /** Answers of status 500 and above. */
  readonly errors: number;
  /** Answers of status 400 to 499. */
  readonly refused: number;
  /** ms; null without requests. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export interface RequestFigures {
  readonly environmentId: string;
  readonly points: readonly RequestPoint[];
  /** All of the range. */
  readonly total: Omit<RequestPoint, "at">;
  /** The releases that answered, with as many requests and errors in each step. */
  readonly releases: readonly {
    readonly release: number;
    readonly total: Omit<RequestPoint, "at">;
    readonly requests: readonly number[];
  }[];
}

interface Row extends Record<string, unknown> {
  readonly environment: string;
  readonly at: string;
  readonly release: number;
  readonly class: string;
  readonly requests: string;
  readonly buckets: readonly string[];
}

const eachBucket: SQL = sql.join(
  Array.from({ length: durationBounds.length + 1 }, (_, at) => sql.raw(`sum(buckets[${at + 1}])`)),
  sql`, `,
);

/** The requests of environments over a range, each at every step. */
export async function requestFigures(
  db: Connection,
  environmentIds: readonly string[],
  range: Range,
): Promise<readonly RequestFigures[]> {
  if (environmentIds.length === 0) return [];
  const { from, step } = range;
  const rows = await db.execute<Row>(sql`
    select environment_id as environment,
      (extract(epoch from date_bin(${`${step} milliseconds`}::interval, at, ${from.toISOString()}::timestamptz)) * 1000)::bigint::text as at,
      (attributes->>'gantry.release')::int as release, attributes->>'http.response.status_class' as class,
      sum(count)::text as requests, array[${eachBucket}]::text[] as buckets
    from ${pointsIn(environmentIds, range)} points
    group by 1, 2, 3, 4`);
  const steps = stepsOf(range);
  return environmentIds.map((environmentId) => {
    const own = rows.filter(({ environment }) => environment === environmentId);
    const byStep = Map.groupBy(own, ({ at }) => Number(at));
    const byRelease = Map.groupBy(own, ({ release }) => release);
    return {
      environmentId,
      points: steps.map((at) => ({ at, ...sumOf(byStep.get(at) ?? []) })),
      total: sumOf(own),
      releases: [...byRelease]
        .sort(([a], [b]) => a - b)
        .map(([release, all]) => ({ release, total: sumOf(all), requests: requestsAt(all, steps) })),
    };
  });
}

const hour = 60 * 60_000;

/** The minutes of a range; where its steps are hours, those that are added up already, and the minutes since. */
function pointsIn(environmentIds: readonly string[], { from, until, step }: Range): SQL {
  const within = sql`environment_id in ${environmentIds}
    and at >= ${from.toISOString()}::timestamptz and at < ${until.toISOString()}::timestamptz`;
  const minutes = sql`select * from metric_points minutes where name = 'http.server.request.duration' and ${within}`;
  if (step % hour !== 0) return sql`(${minutes})`;
  return sql`(
    select * from metric_points where name = ${hourlyRequests} and ${within}
    union all
    ${minutes} and at >= coalesce((
      select max(hours.at) + interval '1 hour' from metric_points hours
      where hours.environment_id = minutes.environment_id and hours.name = ${hourlyRequests}), '-infinity'))`;
}

function requestsAt(rows: readonly Row[], steps: readonly number[]): readonly number[] {
  const byStep = new Map<number, number>();
  for (const { at, requests } of rows) byStep.set(Number(at), (byStep.get(Number(at)) ?? 0) + Number(requests));
  return steps.map((at) => byStep.get(at) ?? 0);
}

function sumOf(rows: readonly Row[]): Omit<RequestPoint, "at"> {
  const buckets = new Array<number>(durationBounds.length + 1).fill(0);
  let [requests, errors, refused] = [0, 0, 0];
  for (const row of rows) {
    const count = Number(row.requests);
    requests += count;
    if (row.class === "5xx") errors += count;
    if (row.class === "4xx") refused += count;
    for (const [at, one] of row.buckets.entries()) buckets[at] = (buckets[at] ?? 0) + Number(one);
  }
  const percentile = (share: number) => percentileOf(buckets, share);
  return { requests, errors, refused, p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) };
}
