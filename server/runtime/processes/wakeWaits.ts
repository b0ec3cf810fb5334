import type postgres from "postgres";
import { processTables } from "#lib/compile/schema/processSchema.ts";
import { stepNamed } from "#lib/model/processes/stepsWithin.ts";
import { slotKey } from "#lib/model/runs/ProcessProgram.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { ChangeEvent } from "../events/ChangeEvent.ts";
import type { Environment } from "../host/Environment.ts";
import { programOfVersion, rowsIn } from "./runRows.ts";
import { sealerOf } from "./sealer.ts";
import { fulfils } from "./waitMatch.ts";

const waits = tableName(processTables.waits);
const runs = tableName(processTables.runs);

/** Changes that were made before a wait began, by the transactions that it saw, are none that it waits for. */
const findText = `SELECT run::text, scope, name, version, known FROM ${waits}
  WHERE resource = $1 AND (record IS NULL OR record = $2) AND matched IS NULL AND until > $4::timestamptz
    AND NOT pg_visible_in_snapshot($3::xid8, snapshot::pg_snapshot)`;
const matchText = `UPDATE ${waits} SET matched = $4
  WHERE run = $1::uuid AND scope = $2 AND name = $3 AND matched IS NULL RETURNING run::text`;
const wakeText = `UPDATE ${runs} SET wake_at = now(), woken = true WHERE id = $1::uuid AND ended_at IS NULL`;

interface WaitRow {
  readonly run: string;
  readonly scope: string;
  readonly name: string;
  readonly version: string;
  readonly known: string;
}

/** Wakes the runs that wait for such a change, in the transaction of whoever tells of it, who pokes the engine after it. */
export async function wakeWaits(
  sql: postgres.TransactionSql,
  environment: Pick<Environment, "app" | "cipher" | "database">,
  event: ChangeEvent,
): Promise<void> {
  const { resource, key, madeBy, at } = event;
  if (resource === null) return;
  const rows = await rowsIn<WaitRow>(sql, findText, [resource, key, madeBy.toString(), at]);
  const sealer = sealerOf(environment);
  for (const row of rows) {
    const { process, expressions } = await programOfVersion(environment.database, row.version);
    const step = stepNamed(process, row.name);
    const match = expressions[slotKey(row.name, "match")];
    if (step?.kind !== "waitFor" || !match || !isAmong(step.actions, event)) continue;
    if (!fulfils(match, JSON.parse(sealer.open(row.known)), event)) continue;
    const record = sealer.seal(JSON.stringify(event.record ?? event.previous));
    // The run before its wait, as whoever goes on with the run locks them.
    await rowsIn(sql, wakeText, [row.run]);
    await rowsIn(sql, matchText, [row.run, row.scope, row.name, record]);
  }
}

const typeOfKind = { created: "create", updated: "update", destroyed: "destroy", emitted: null } as const;

/** By names or types of actions. */
function isAmong(actions: readonly string[] | undefined, { action, kind }: ChangeEvent): boolean {
  return actions === undefined || actions.some((name) => name === action || name === typeOfKind[kind]);
}
