import type { QueueConnection } from "../exec/QueueConnection.ts";

/** What waits in a queue. */
export interface QueueLook {
  /** When the earliest job is to be done; null when none waits. */
  readonly next: Date | null;
  readonly waiting: number;
  /** Given up: the last attempt failed. */
  readonly failed: number;
}

/** Jobs of tasks that this program does not know are those of another version of it. */
const lookStatement = `
  select
    min(run_at) filter (where locked_at is null and attempts < max_attempts) as next,
    count(*) filter (where attempts < max_attempts)::int as waiting,
    count(*) filter (where attempts >= max_attempts)::int as failed
  from graphile_worker.jobs where task_identifier = any($1::text[])`;

export async function queueLook(
  connection: Pick<QueueConnection, "query">,
  tasks: readonly string[],
): Promise<QueueLook> {
  const { rows } = await connection.query<{ next: Date | null; waiting: number; failed: number }>(lookStatement, [
    tasks,
  ]);
  return rows[0] ?? { next: null, waiting: 0, failed: 0 };
}

/** The space of advisory locks by which workers show that they live: the first four letters of the product. */
const lockSpace = 0x67616e74;

/** Held until the connection ends, however it does. */
export async function showAlive(connection: Pick<QueueConnection, "query">, worker: string): Promise<void> {
  await connection.query("select pg_advisory_lock($1::int, hashtext($2))", [lockSpace, worker]);
}

/** Jobs that are held by workers which are gone wait for others again. */
const freeStatement = `
  select graphile_worker.force_unlock_workers(array_agg(locked_by)) from (
    select distinct locked_by from graphile_worker.jobs where locked_by is not null
  ) as holders
  where not exists (
    select from pg_locks where locktype = 'advisory' and objsubid = 2 and classid = $1::int::oid
      and objid = (hashtext(locked_by)::bigint & 4294967295)::oid
      and database = (select oid from pg_database where datname = current_database())
  )
  having count(*) > 0`;

/** True where there were some. */
export async function freeAbandoned(connection: Pick<QueueConnection, "query">): Promise<boolean> {
  const { rows } = await connection.query(freeStatement, [lockSpace]);
  return rows.length > 0;
}

/** Gives back what a worker of this process holds. */
export async function giveBack(connection: Pick<QueueConnection, "query">, worker: string): Promise<void> {
  await connection.query("select graphile_worker.force_unlock_workers($1)", [[worker]]);
}
