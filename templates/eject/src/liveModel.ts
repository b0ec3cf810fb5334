import type { LiveModel } from "#lib/compile/schema/planModelSchema.ts";
import type { OwnerSession } from "#server/features/environments/EnvironmentDatabase.ts";

/**
 * The model that serves, kept in the app's own database beside the plans that ran: the next model is planned against
 * it, so that nothing is taken away which it still reads.
 */
export async function readLiveModel(sql: OwnerSession): Promise<LiveModel | null> {
  await sql`create schema if not exists gantry`;
  await sql`create table if not exists gantry.live (one boolean primary key default true check (one), model jsonb not null)`;
  const [row] = await sql<{ model: LiveModel }[]>`select model from gantry.live`;
  return row?.model ?? null;
}

export async function keepLiveModel(sql: OwnerSession, live: LiveModel): Promise<void> {
  await sql`insert into gantry.live (model) values (${sql.json(JSON.parse(JSON.stringify(live)))})
    on conflict (one) do update set model = excluded.model`;
}
