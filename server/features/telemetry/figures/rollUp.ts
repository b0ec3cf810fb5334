import { sql } from "drizzle-orm";
import { durationBounds } from "#lib/compile/Snapshot.ts";
import { database } from "../../../database.ts";

/** Requests of an hour by release and status, whatever was asked for: what charts of many days are made of. */
export const hourlyRequests = "http.server.request.duration/1h";

/** Adds up the hours that have ended, of the last so many. Done again it changes nothing but what has come late. */
export async function rollUpRequests(hours: number): Promise<void> {
  const buckets = sql.join(
    Array.from({ length: durationBounds.length + 1 }, (_, at) => sql.raw(`sum(buckets[${at + 1}])::int`)),
    sql`, `,
  );
  await database().execute(sql`
    insert into metric_points (environment_id, at, name, series, source, attributes, count, sum, buckets)
    select environment_id, hour, ${hourlyRequests}, concat_ws(' ', release, class), 'hours',
      jsonb_build_object('gantry.release', release, 'http.response.status_class', class), count, sum, buckets
    from (
      select environment_id, date_trunc('hour', at) as hour, (attributes->>'gantry.release')::int as release,
        attributes->>'http.response.status_class' as class, sum(count) as count, sum(sum) as sum,
        array[${buckets}] as buckets
      from metric_points
      where name = 'http.server.request.duration' and at < date_trunc('hour', now())
        and at >= date_trunc('hour', now()) - ${`${hours} hours`}::interval
      group by 1, 2, 3, 4
    ) hours
    on conflict (environment_id, name, at, series, source) do update
    set count = excluded.count, sum = excluded.sum, buckets = excluded.buckets
    where metric_points.count is distinct from excluded.count`);
}
