import { processTables } from "#lib/compile/schema/processSchema.ts";
import type { WaitForStep } from "#lib/model/processTypes.ts";
import { slotKey } from "#lib/model/runs/ProcessProgram.ts";
import { milliseconds } from "#lib/model/runs/Walk.ts";
import type { Performed } from "#lib/model/runs/WalkEffects.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import { holdEvents } from "../../events/holdEvents.ts";
import { rowsIn } from "../runRows.ts";
import { knownValues, onlyRecord } from "../waitMatch.ts";
import type { StepDoing } from "./StepDoing.ts";

const waits = tableName(processTables.waits);
const findText = `SELECT matched FROM ${waits} WHERE run = $1::uuid AND scope = $2 AND name = $3`;
const beginText = `INSERT INTO ${waits} (run, scope, name, resource, record, version, known, snapshot, until)
  VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, pg_current_snapshot()::text, $8::timestamptz)
  ON CONFLICT (run, scope, name) DO NOTHING`;
const endText = `DELETE FROM ${waits} WHERE run = $1::uuid AND scope = $2 AND name = $3`;

/** Waits for a change of a record, which whoever tells of changes finds (`wakeWaits`). */
export async function performWaitFor({ held, work }: StepDoing, step: WaitForStep): Promise<Performed> {
  const { run, sealer } = held;
  const { note, source } = work;
  const place = [run.id, note.scope, note.name];
  const until = new Date(Date.parse(note.startedAt) + milliseconds(step.within));
  const [known] = await held.read((sql) => rowsIn<{ readonly matched: string | null }>(sql, findText, place));
  const isOver = until.getTime() <= Date.now() + run.clockAhead;
  if (known && (known.matched !== null || isOver)) {
    const result: JsonValue = known.matched === null ? null : JSON.parse(sealer.open(known.matched));
    const done = work.succeeded(result);
    await held.transaction(async (sql) => {
      await rowsIn(sql, endText, place);
      return [done];
    });
    return { kind: "done", result, note: done };
  }
  if (!known) {
    const match = run.program.expressions[slotKey(step.name, "match")];
    if (!match) throw new Error(`The program has no condition of ${step.name}.`);
    const values = sealer.seal(JSON.stringify(knownValues(match, source)));
    const record = onlyRecord(match, source);
    await held.transaction(async (sql) => {
      await rowsIn(sql, beginText, [...place, step.resource, record, run.version, values, until.toISOString()]);
      return [{ ...note, status: "waiting" }];
    }, holdEvents);
  }
  return { kind: "waiting", until };
}
