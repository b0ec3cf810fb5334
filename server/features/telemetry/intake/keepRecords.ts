import { sql } from "drizzle-orm";
import type { Connection } from "../../../database.ts";
import type { LogRow } from "./readLogs.ts";

const together = 1000;

/** Keeps records that are not known yet. Environments that are gone are passed over. */
export async function keepRecords(db: Connection, records: readonly LogRow[]): Promise<void> {
  const rows = [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (let at = 0; at < rows.length; at += together) {
    const part = rows
      .slice(at, at + together)
      .map((row) => ({ ...row, environment: row.environmentId, trace: row.traceId }));
    await db.execute(sql`
      insert into log_records (id, environment_id, at, severity, scope, body, release, trace_id, attributes)
      select given.id, environments.id, given.at, severity, scope, body, given.release, trace, attributes
      from jsonb_to_recordset(${JSON.stringify(part)}::text::jsonb) as given
        (id uuid, environment uuid, at timestamptz, severity text, scope text, body text, release int, trace text, attributes jsonb)
      join environments on environments.id = given.environment
      on conflict (id) do nothing`);
  }
}
