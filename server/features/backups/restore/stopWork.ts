import { changesTable } from "#lib/compile/schema/changeFeedNames.ts";
import { endpointTables } from "#lib/compile/schema/endpointsSchema.ts";
import { processTables } from "#lib/compile/schema/processSchema.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { OwnerSession } from "../../environments/service.ts";

/** Whatever a table's app does by itself; each only where the app has that table. */
const statements: Readonly<Record<string, string>> = {
  [processTables.runs]: `UPDATE ${tableName(processTables.runs)} SET status = 'cancelled', cancelled = true,
    ended_at = now(), wake_at = NULL, held_until = NULL WHERE ended_at IS NULL`,
  [processTables.waits]: `DELETE FROM ${tableName(processTables.waits)}`,
  [endpointTables.deliveries]: `UPDATE ${tableName(endpointTables.deliveries)} SET status = 'failed', due_at = NULL,
    held_until = NULL, ended_at = now() WHERE status = 'waiting'`,
  [endpointTables.endpoints]: `UPDATE ${tableName(endpointTables.endpoints)} SET enabled = false,
    reason = 'This environment was restored from a backup.' WHERE enabled`,
  // Changes that nobody was told of yet would start processes.
  [changesTable]: `DELETE FROM ${tableName(changesTable)}`,
};

/**
 * Ends what was under way when a database was backed up. Its original goes on with the same: nobody should get a mail or
 * a request twice.
 */
export async function stopWork(sql: OwnerSession): Promise<void> {
  const found = await sql<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname = any(${Object.keys(statements)})`;
  await sql.begin(async (transaction) => {
    for (const { name } of found) await transaction.unsafe(statements[name] ?? "");
  });
}
