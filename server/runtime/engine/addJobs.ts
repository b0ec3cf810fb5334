import type postgres from "postgres";
import type { Job } from "./Work.ts";

/** Times are the database's own where none is said. */
const statement = `
  select from graphile_worker.add_jobs(
    array(select json_populate_recordset(null::graphile_worker.job_spec, $1::json)), false)`;

/** Keeps jobs in the environment's queue; they are there once the transaction is. */
export async function addJobs(sql: postgres.TransactionSql, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  const specs = jobs.map(({ task, payload, runAt, key, line, attempts }) => ({
    identifier: task,
    payload,
    run_at: runAt?.toISOString(),
    job_key: key,
    queue_name: line,
    max_attempts: attempts,
  }));
  await sql.unsafe(statement, [JSON.stringify(specs)]);
}
