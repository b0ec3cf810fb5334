import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import { type OwnerSession, withOwnerSession } from "./EnvironmentDatabase.ts";

/** What the environment's role may do with the queue: add jobs and work on them. docs/decisions/0027. */
const rowTables = ["_private_jobs", "_private_job_queues", "_private_tasks"];

/**
 * Brings the queue's own schema in an environment's database up to date, as its owner. Runtimes may work on it
 * meanwhile: the library's steps are small transactions, and those that older workers cannot go on with end these first.
 */
export async function makeQueue(adminUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 1, application_name: "gantry deploy" });
  // Connections that idle may be lost; the next one is told of it.
  pool.on("error", () => {}).on("connect", (client) => client.on("error", () => {}));
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) });
  } finally {
    await pool.end();
  }
  await withOwnerSession(adminUrl, async (sql) => {
    const [role] = await sql<{ name: string }[]>`
      select rolname as name from pg_roles where rolname = current_database() and rolname <> current_user`;
    if (role) await grantQueue(sql, role.name);
  });
}

async function grantQueue(sql: OwnerSession, name: string): Promise<void> {
  const role = quoteIdentifier(name);
  await sql.begin(async (transaction) => {
    // What an environment's role may is said here; two deploys at once must not say it at the same time.
    await transaction`select pg_advisory_xact_lock(hashtextextended('gantry: queue', 0))`;
    await transaction.unsafe(`GRANT USAGE ON SCHEMA graphile_worker TO ${role}`);
    await transaction.unsafe(`GRANT SELECT ON graphile_worker.jobs, graphile_worker.migrations TO ${role}`);
    for (const table of rowTables) {
      const named = `graphile_worker.${quoteIdentifier(table)}`;
      await transaction.unsafe(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${named} TO ${role}`);
      const [found] = await transaction`
        select from pg_policies where schemaname = 'graphile_worker' and tablename = ${table} and policyname = 'gantry'`;
      if (!found)
        await transaction.unsafe(`CREATE POLICY gantry ON ${named} TO ${role} USING (true) WITH CHECK (true)`);
    }
  });
}
