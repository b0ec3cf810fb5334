import { sql } from "drizzle-orm";
import type { Connection } from "../../../database.ts";

/** How one operation was used of late. */
export interface OperationTraffic {
  /** `rest`, `graphql`, `processes`, `hooks` and so on. */
  readonly protocol: string;
  /** The resource, process or hook; null where the request named none. */
  readonly resource: string | null;
  /** The action of a resource: `read`, `create`, `update`, `destroy` or a named one. */
  readonly action: string | null;
  readonly requests: number;
  /** Answers of status 500 and above. */
  readonly errors: number;
  readonly lastAt: Date;
  /** Who called, the busiest first. */
  readonly callers: readonly TrafficCaller[];
}

export interface TrafficCaller {
  readonly kind: "key" | "user" | "anonymous";
  /** Of the key; null where it is gone, or the caller had none. */
  readonly name: string | null;
  readonly requests: number;
  readonly errors: number;
}

interface Row extends Record<string, unknown> {
  readonly protocol: string;
  readonly resource: string | null;
  readonly action: string | null;
  readonly caller: string;
  readonly name: string | null;
  readonly requests: string;
  readonly errors: string;
  readonly last: string;
}

interface Asked {
  readonly days: number;
  /** Instead of days. */
  readonly minutes?: number;
}

/** The operations of an environment that were called in the last days, the busiest first. */
export async function operationTrafficOf(
  db: Connection,
  environmentId: string,
  { days, minutes = days * 24 * 60 }: Asked,
): Promise<readonly OperationTraffic[]> {
  const rows = await db.execute<Row>(sql`
    select protocol, resource, action, caller, api_keys.name, requests::text, errors::text, last::text
    from (
      select attributes->>'gantry.protocol' as protocol, attributes->>'gantry.resource' as resource,
        attributes->>'gantry.action' as action, attributes->>'gantry.caller' as caller, sum(count) as requests,
        sum(count) filter (where attributes->>'http.response.status_class' = '5xx') as errors,
        extract(epoch from max(at)) * 1000 as last
      from metric_points
      where environment_id = ${environmentId} and name = 'gantry.operation.calls'
        and at >= now() - ${`${minutes} minutes`}::interval
      group by 1, 2, 3, 4
    ) calls
    left join api_keys on api_keys.environment_id = ${environmentId} and api_keys.id::text = caller`);
  const groups = Map.groupBy(rows, ({ protocol, resource, action }) => JSON.stringify([protocol, resource, action]));
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const callers = group.map(callerOf).sort((a, b) => b.requests - a.requests);
      const { protocol, resource, action } = first;
      const sum = (of: "requests" | "errors") => callers.reduce((all, one) => all + one[of], 0);
      const lastAt = new Date(Math.max(...group.map(({ last }) => Number(last))));
      return [{ protocol, resource, action, requests: sum("requests"), errors: sum("errors"), lastAt, callers }];
    })
    .sort((a, b) => b.requests - a.requests);
}

function callerOf({ caller, name, requests, errors }: Row): TrafficCaller {
  const kind = caller === "user" || caller === "anonymous" ? caller : "key";
  return { kind, name, requests: Number(requests), errors: Number(errors ?? 0) };
}
