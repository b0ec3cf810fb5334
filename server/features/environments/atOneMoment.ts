import { quoteIdentifier } from "#lib/sql/identifier.ts";
import { copyOut, type RowBatch } from "../../copy/copyOut.ts";
import { type OwnerTransaction, releaseLock, takeLock, withOwnerSession } from "./EnvironmentDatabase.ts";

/** An environment's database as it was at one moment, while requests go on. */
export interface Moment {
  readonly sql: OwnerTransaction;
  /** Rows of `COPY … TO STDOUT`. */
  readonly rows: (statement: string) => AsyncGenerator<RowBatch, void>;
}

/**
 * Reads a database in one snapshot. `look` reads what the tables are like while nobody changes them; from then on they
 * cannot be changed in ways that those who read them would notice until `work` ends.
 */
export function atOneMomentOf<Looked, Result>(
  adminUrl: string,
  look: (sql: OwnerTransaction) => Promise<Looked>,
  work: (moment: Moment, looked: Looked) => Promise<Result>,
): Promise<Result> {
  return withOwnerSession(adminUrl, async (session) => {
    await takeLock(session, { name: "schema", patience: 60_000 });
    return await session.begin("isolation level repeatable read read only", async (sql) => {
      const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await lockTables(sql);
      const looked = await look(sql);
      await releaseLock(sql, "schema");
      const cancel = () =>
        withOwnerSession(adminUrl, async (other) => {
          await other`select pg_cancel_backend(${backend?.pid ?? 0})`;
        });
      return await work({ sql, rows: (statement) => copyOut(sql, statement, { cancel }) }, looked);
    });
  }) as Promise<Result>;
}

async function lockTables(sql: OwnerTransaction): Promise<void> {
  const tables = await sql<{ schema: string; name: string }[]>`
    select nspname as schema, relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname in ('public', 'gantry') and relkind in ('r', 'p') order by 1, 2`;
  if (tables.length === 0) return;
  const names = tables.map(({ schema, name }) => `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`);
  await sql.unsafe(`LOCK TABLE ${names.join(", ")} IN ACCESS SHARE MODE`);
}
