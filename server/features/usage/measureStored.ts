import { sql } from "drizzle-orm";
import { database } from "../../database.ts";

const together = 5000;

/**
 * Notes how large the databases are, as far as they are on this server, and that files are what they were: a runtime
 * that sleeps tells neither.
 */
export async function measureDatabases(): Promise<void> {
  await database().execute(sql`
    insert into usage_places as known (environment_id, organisation_id, project_id, project, environment)
    select environments.id, projects.organisation_id, projects.id, projects.name, environments.name
    from environments join projects on projects.id = environments.project_id
    where database_name is not null
    on conflict (environment_id) do nothing`);
  await database().execute(sql`
    insert into usage_days (organisation_id, environment_id, day, kind, amount)
    select organisation_id, environment_id, (now() at time zone 'UTC')::date, 'databaseBytes', pg_database_size(oid)
    from usage_places
    join environments on environments.id = environment_id
    join pg_database on datname = database_name
    order by organisation_id, environment_id
    on conflict (organisation_id, day, kind, environment_id) do update set amount = excluded.amount
    where excluded.amount > usage_days.amount`);
  await database().execute(sql`
    insert into usage_days (organisation_id, environment_id, day, kind, amount)
    select distinct on (usage_days.environment_id)
      organisation_id, environment_id, (now() at time zone 'UTC')::date, kind, amount
    from usage_days
    where kind = 'fileBytes' and day >= (now() at time zone 'UTC')::date - 31
      and exists (select from environments where environments.id = environment_id)
    order by environment_id, day desc
    on conflict do nothing`);
}

/** Minutes that no report can be of any more: those are taken for 14 days. */
export async function sweepMinutes(): Promise<void> {
  for (;;) {
    const { count } = await database().execute(sql`
      delete from usage_minutes where ctid = any(array(
        select ctid from usage_minutes where at < now() - interval '16 days' limit ${together}))`);
    if (count < together) return;
  }
}
