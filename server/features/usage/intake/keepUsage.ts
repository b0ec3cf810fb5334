import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { usageKinds } from "#lib/plans/usageKinds.ts";
import type { Used } from "./readUsage.ts";

const together = 2000;

/**
 * Adds to the days what the minutes have come to since they were told last. Within a minute counts only grow, so what is
 * told again, late or after something newer adds nothing; what was lost comes with the next report of the minute.
 */
export async function keepUsage(db: Database, used: readonly Used[]): Promise<void> {
  const rows = [...largestOf(used)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  for (let at = 0; at < rows.length; at += together) {
    const part = rows.slice(at, at + together);
    await db.transaction(async (transaction) => {
      await transaction.execute(placesOf(part.map(({ environmentId }) => environmentId)));
      const counted = part.filter(({ kind }) => usageKinds[kind].how === "sum");
      if (counted.length > 0) await transaction.execute(addCounts(counted));
      const stored = part.filter(({ kind }) => usageKinds[kind].how === "stored");
      if (stored.length > 0) await transaction.execute(keepStored(stored));
    });
  }
}

/** Where environments belong, remembered for when they are gone. */
function placesOf(environmentIds: readonly string[]) {
  return sql`
    insert into usage_places as known (environment_id, organisation_id, project_id, project, environment)
    select environments.id, projects.organisation_id, projects.id, projects.name, environments.name
    from environments join projects on projects.id = environments.project_id
    where environments.id = any(${`{${[...new Set(environmentIds)].join(",")}}`}::uuid[])
    order by environments.id
    on conflict (environment_id) do update set project = excluded.project, environment = excluded.environment
    where (known.project, known.environment) is distinct from (excluded.project, excluded.environment)`;
}

const givenIn = (rows: readonly Used[]) => {
  const given = rows.map(({ environmentId, ...row }) => ({ environment: environmentId, ...row }));
  return sql`jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb) as given
    (environment uuid, kind text, at timestamptz, source text, amount bigint)
    join usage_places on usage_places.environment_id = given.environment`;
};

const day = sql.raw("(at at time zone 'UTC')::date");

function addCounts(rows: readonly Used[]) {
  return sql`
    with kept as (
      insert into usage_minutes (environment_id, kind, at, source, amount)
      select given.environment, kind, at, source, amount from ${givenIn(rows)}
      order by given.environment, kind, at, source
      on conflict (environment_id, kind, at, source) do update set amount = excluded.amount
      where excluded.amount > usage_minutes.amount
      returning new.environment_id, new.kind, new.at, new.amount - coalesce(old.amount, 0) as more
    )
    insert into usage_days (organisation_id, environment_id, day, kind, amount)
    select organisation_id, kept.environment_id, ${day}, kind, sum(more)
    from kept join usage_places using (environment_id)
    group by organisation_id, kept.environment_id, ${day}, kind
    order by organisation_id, ${day}, kind, kept.environment_id
    on conflict (organisation_id, day, kind, environment_id) do update set amount = usage_days.amount + excluded.amount`;
}

function keepStored(rows: readonly Used[]) {
  return sql`
    insert into usage_days (organisation_id, environment_id, day, kind, amount)
    select organisation_id, given.environment, ${day}, kind, max(amount)
    from ${givenIn(rows)}
    group by organisation_id, given.environment, ${day}, kind
    order by organisation_id, ${day}, kind, given.environment
    on conflict (organisation_id, day, kind, environment_id) do update set amount = excluded.amount
    where excluded.amount > usage_days.amount`;
}

/** Each once, in one order: two reports at the same time must not wait for each other. */
function largestOf(used: readonly Used[]): ReadonlyMap<string, Used> {
  const largest = new Map<string, Used>();
  for (const row of used) {
    const key = [row.environmentId, row.kind, row.at.toISOString(), row.source].join("\n");
    const other = largest.get(key);
    if (!other || row.amount > other.amount) largest.set(key, row);
  }
  return largest;
}
