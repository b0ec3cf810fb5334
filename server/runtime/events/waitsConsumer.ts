import { processTables } from "#lib/compile/schema/processSchema.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import { wakeWaits } from "../processes/wakeWaits.ts";
import type { EventConsumer } from "./EventConsumer.ts";

const anyText = `SELECT EXISTS (SELECT FROM ${tableName(processTables.waits)} WHERE matched IS NULL)::text AS is_any`;

/** Wakes the runs that wait for such a change. Runs of versions that the app has no longer wait too. */
export const waitsConsumer: EventConsumer = {
  name: "waits",
  isNeeded: ({ app }) => (app.model.processes ?? []).length > 0,
  async take(events, { sql, environment }) {
    const [row] = await sql.unsafe<{ is_any: string }[]>(anyText);
    if (row?.is_any !== "true") return;
    for (const event of events) await wakeWaits(sql, environment, event);
    environment.database.afterCommit(sql, environment.engine.poke);
  },
};
