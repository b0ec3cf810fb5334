import type postgres from "postgres";
import { processTables } from "#lib/compile/schema/processSchema.ts";
import type { StepNote } from "#lib/model/runs/StepNote.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import { rowsIn } from "./runRows.ts";
import type { Sealer } from "./sealer.ts";

const steps = tableName(processTables.steps);
const moment = (name: string) => `to_char(${name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${name}`;
const columns = `scope, name, kind, status, attempt::text, generation::text, number::text, input, result, state, error,
  handled::text, ${moment("retry_at")}, ${moment("started_at")}, ${moment("attempt_at")}, ${moment("ended_at")}`;

interface StepRow {
  readonly scope: string;
  readonly name: string;
  readonly kind: StepNote["kind"];
  readonly status: StepNote["status"];
  readonly attempt: string;
  readonly generation: string;
  readonly number: string | null;
  readonly input: string | null;
  readonly result: string | null;
  readonly state: string | null;
  readonly error: string | null;
  readonly handled: string;
  readonly retry_at: string | null;
  readonly started_at: string;
  readonly attempt_at: string | null;
  readonly ended_at: string | null;
}

function noteOf(row: StepRow, { open }: Sealer): StepNote {
  const json = (text: string | null) => (text === null ? null : JSON.parse(open(text)));
  return {
    scope: row.scope,
    name: row.name,
    kind: row.kind,
    status: row.status,
    attempt: Number(row.attempt),
    generation: Number(row.generation),
    number: row.number === null ? null : Number(row.number),
    input: json(row.input),
    result: json(row.result),
    state: json(row.state),
    error: json(row.error),
    handled: row.handled === "true",
    retryAt: row.retry_at,
    startedAt: row.started_at,
    attemptAt: row.attempt_at,
    endedAt: row.ended_at,
  };
}

const scopeText = `SELECT ${columns} FROM ${steps} WHERE run = $1::uuid AND scope = $2`;

/** The notes of one scope of a run. */
export async function notesIn(
  sql: postgres.TransactionSql,
  { run, scope, sealer }: { readonly run: string; readonly scope: string; readonly sealer: Sealer },
): Promise<readonly StepNote[]> {
  const rows = await rowsIn<StepRow>(sql, scopeText, [run, scope]);
  return rows.map((row) => noteOf(row, sealer));
}

const statusText = `SELECT ${columns} FROM ${steps} AS noted WHERE run = $1::uuid AND status = $2 ORDER BY noted.number`;

/** The notes of a run with a status, in the order in which they were done. */
export async function notesOf(
  sql: postgres.TransactionSql,
  { run, status, sealer }: { readonly run: string; readonly status: StepNote["status"]; readonly sealer: Sealer },
): Promise<readonly StepNote[]> {
  const rows = await rowsIn<StepRow>(sql, statusText, [run, status]);
  return rows.map((row) => noteOf(row, sealer));
}

// What is shown are texts, which have another order.
const pageText = `SELECT ${columns} FROM ${steps} AS noted WHERE run = $1::uuid
  ORDER BY noted.started_at, noted.number NULLS LAST, noted.scope, noted.name LIMIT $2::bigint OFFSET $3::bigint`;

/** The notes of a run in the order in which its steps were begun. */
export async function pageOfNotes(
  sql: postgres.TransactionSql,
  {
    run,
    sealer,
    size,
    offset,
  }: { readonly run: string; readonly sealer: Sealer; readonly size: number; readonly offset: number },
): Promise<readonly StepNote[]> {
  const rows = await rowsIn<StepRow>(sql, pageText, [run, String(size), String(offset)]);
  return rows.map((row) => noteOf(row, sealer));
}

const latestText = `SELECT ${columns} FROM ${steps} AS noted
  WHERE run = $1::uuid AND status = 'succeeded' AND name IN (SELECT json_array_elements_text($2::json))
  ORDER BY noted.number DESC LIMIT 1`;

/** Of the steps with these names the one that was done last and is not undone. */
export async function latestNote(
  sql: postgres.TransactionSql,
  { run, names, sealer }: { readonly run: string; readonly names: readonly string[]; readonly sealer: Sealer },
): Promise<StepNote | null> {
  const [row] = await rowsIn<StepRow>(sql, latestText, [run, JSON.stringify(names)]);
  return row ? noteOf(row, sealer) : null;
}

const fields = [
  ["kind", "text"],
  ["status", "text"],
  ["attempt", "integer"],
  ["generation", "integer"],
  ["number", "integer"],
  ["input", "text"],
  ["result", "text"],
  ["state", "text"],
  ["error", "text"],
  ["handled", "boolean"],
  ["retry_at", "timestamptz"],
  ["started_at", "timestamptz"],
  ["attempt_at", "timestamptz"],
  ["ended_at", "timestamptz"],
] as const;
const names = fields.map(([name]) => name);
const keepText = `INSERT INTO ${steps} AS kept (run, scope, name, ${names.join(", ")})
  SELECT $1::uuid, scope, name, ${names.join(", ")}
  FROM json_to_recordset($2::json) AS note(scope text, name text, ${fields.map((field) => field.join(" ")).join(", ")})
  ON CONFLICT (run, scope, name) DO UPDATE SET ${names.map(setText).join(", ")}`;

/** An input that is kept already is not sent again. */
function setText(name: string): string {
  return name === "input" ? `input = coalesce(excluded.input, kept.input)` : `${name} = excluded.${name}`;
}

export interface KeptNotes {
  readonly run: string;
  readonly notes: readonly StepNote[];
  readonly sealer: Sealer;
  /** Whether the input of a note is kept as it is. */
  readonly isKept?: (note: StepNote) => boolean;
}

export async function keepNotes(
  sql: postgres.TransactionSql,
  { run, notes, sealer, isKept = () => false }: KeptNotes,
): Promise<void> {
  if (notes.length === 0) return;
  const text = (value: JsonValue) => (value === null ? null : sealer.seal(JSON.stringify(value)));
  const rows = notes.map((note) => ({
    scope: note.scope,
    name: note.name,
    kind: note.kind,
    status: note.status,
    attempt: note.attempt,
    generation: note.generation,
    number: note.number,
    input: isKept(note) ? null : text(note.input),
    result: text(note.result),
    state: note.state && JSON.stringify(note.state),
    error: text(note.error as JsonValue),
    handled: note.handled,
    retry_at: note.retryAt,
    started_at: note.startedAt,
    attempt_at: note.attemptAt,
    ended_at: note.endedAt,
  }));
  await rowsIn(sql, keepText, [run, JSON.stringify(rows)]);
}

const resetText = `UPDATE ${steps} SET status = 'pending' WHERE run = $1::uuid AND status = 'failed' AND NOT handled
  AND name IN (SELECT json_array_elements_text($2::json)) AND starts_with(scope, $3)`;

/** Failed steps of these names, in a scope and those below, are to be done again. */
export async function resetNotes(
  sql: postgres.TransactionSql,
  { run, names, scope }: { readonly run: string; readonly names: readonly string[]; readonly scope: string },
): Promise<void> {
  await rowsIn(sql, resetText, [run, JSON.stringify(names), scope]);
}
