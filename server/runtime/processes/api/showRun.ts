import { processTables } from "#lib/compile/schema/processSchema.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { JsonValue } from "#lib/model/types.ts";
import type { Actor } from "#lib/plan/types.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { Environment } from "../../host/Environment.ts";
import { programOfVersion, rowsOf } from "../runRows.ts";
import { sealerOf } from "../sealer.ts";
import { pageOfNotes } from "../stepRows.ts";
import { masksOf } from "./masks.ts";
import { type RunRow, runColumns, shownRun, shownStep } from "./RunShown.ts";
import type { StepPage } from "./readQuery.ts";
import { seenCause } from "./runAccess.ts";

const findText = `SELECT ${runColumns} FROM ${tableName(processTables.runs)} WHERE id = $1::uuid`;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function noSuchRun(): AppError {
  return new AppError("not_found", "There is no such run.");
}

/** A run by its id; what the actor may not see is not there. */
export async function runRow(environment: Environment, id: string, actor: Actor | null): Promise<RunRow> {
  const cause = actor && seenCause(actor);
  if (!uuid.test(id)) throw noSuchRun();
  const [row] = await rowsOf<RunRow>(environment.database, findText, [id]);
  if (!row || (cause !== null && (row.cause_kind !== "call" || row.cause_id !== cause))) throw noSuchRun();
  return row;
}

export async function runNamed(environment: Environment, id: string): Promise<JsonValue> {
  return shownOf(environment, await runRow(environment, id, null));
}

async function shownOf(environment: Environment, row: RunRow): Promise<JsonValue> {
  const program = await programOfVersion(environment.database, row.version);
  return shownRun(row, masksOf(program, environment.app.model), sealerOf(environment).open);
}

/** A page of the steps of a run, in the order in which they were begun. */
export async function stepsOf(
  { app, cipher, database }: Environment,
  row: RunRow,
  { size, offset }: StepPage,
): Promise<JsonValue> {
  const program = await programOfVersion(database, row.version);
  const masks = masksOf(program, app.model);
  const sealer = sealerOf({ app, cipher });
  const page = { run: row.id, sealer, size: size + 1, offset };
  const notes = await database.own((sql) => pageOfNotes(sql, page));
  const next = notes.length > size ? (offset + size).toString(36) : null;
  return { data: notes.slice(0, size).map((note) => shownStep(note, masks)), page: { next } };
}

/** With its steps, and for service keys with the version of the process that it goes by. */
export async function wholeRun(environment: Environment, row: RunRow, actor: Actor): Promise<JsonValue> {
  const { process } = await programOfVersion(environment.database, row.version);
  const run = (await shownOf(environment, row)) as { readonly [name: string]: JsonValue };
  const steps = await stepsOf(environment, row, { size: 200, offset: 0 });
  return { ...run, steps, ...(actor.unrestricted && { definition: process as unknown as JsonValue }) };
}

/** Runs of a list, each with the masks of its own version. */
export function shownRuns(environment: Environment, rows: readonly RunRow[]): Promise<readonly JsonValue[]> {
  return Promise.all(rows.map((row) => shownOf(environment, row)));
}
