import type postgres from "postgres";
import { processTables } from "#lib/compile/schema/processSchema.ts";
import { allSteps, withInner } from "#lib/model/processes/stepsWithin.ts";
import type { ProcessProgram } from "#lib/model/runs/ProcessProgram.ts";
import { pathOf, type StepNote } from "#lib/model/runs/StepNote.ts";
import { loopsOf, stepsAround } from "#lib/model/runs/stepsAround.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import { rowsIn } from "./runRows.ts";
import type { Sealer } from "./sealer.ts";
import { keepNotes, notesIn, notesOf } from "./stepRows.ts";

const runs = tableName(processTables.runs);
const steps = tableName(processTables.steps);

const againText = `UPDATE ${runs} SET status = 'waiting', ended_at = NULL, output = NULL, error = NULL, ending = NULL,
    cancelled = false, wake_at = now(), woken = true, turn = turn + 1, deadline = now() + $2::interval
  WHERE id = $1::uuid AND status IN ('failed', 'cancelled') AND ended_at IS NOT NULL
    -- One that could not begin has no way to go on.
    AND started_at IS NOT NULL RETURNING id::text`;
const failedText = `UPDATE ${steps} SET status = 'pending', attempt = 1, retry_at = NULL, attempt_at = NULL
  WHERE run = $1::uuid AND (status = 'failed' AND NOT handled OR status IN ('running', 'waiting'))`;
const undoingText = `UPDATE ${steps} SET status = 'pending', generation = generation + 1
  WHERE run = $1::uuid AND name IN (SELECT json_array_elements_text($2::json))`;

export interface Retrying {
  readonly run: string;
  readonly program: ProcessProgram;
  readonly sealer: Sealer;
}

/**
 * Lets a run that has failed or was cancelled go on from where it was: what was done stays done; what was undone since is
 * done again, and known to others as another deed. False where there is no such run.
 */
export async function retryRun(sql: postgres.TransactionSql, { run, program, sealer }: Retrying): Promise<boolean> {
  const { process } = program;
  const [row] = await rowsIn(sql, againText, [run, process.timeout ?? null]);
  if (!row) return false;
  await rowsIn(sql, failedText, [run]);
  const undoing = allSteps(process).flatMap(({ compensate = [] }) => compensate.flatMap(withInner));
  if (undoing.length === 0) return true;
  await rowsIn(sql, undoingText, [run, JSON.stringify(undoing.map(({ name }) => name))]);
  const undone = await notesOf(sql, { run, status: "undone", sealer });
  const changed = new Map<string, StepNote>();
  for (const note of undone) {
    changed.set(pathOf(note), {
      ...note,
      status: "pending",
      generation: note.generation + 1,
      number: null,
      error: null,
    });
  }
  await openAround(sql, { run, program, sealer }, { undone, changed });
  await keepNotes(sql, { run, notes: [...changed.values()], sealer });
  return true;
}

/** The steps around those that are to be done again are gone into again. */
async function openAround(
  sql: postgres.TransactionSql,
  { run, program, sealer }: Retrying,
  { undone, changed }: { readonly undone: readonly StepNote[]; readonly changed: Map<string, StepNote> },
): Promise<void> {
  const scopes = new Map<string, readonly StepNote[]>();
  const known = async (scope: string, name: string) => {
    const changedNote = changed.get(scope + name);
    if (changedNote) return changedNote;
    const notes = scopes.get(scope) ?? (await notesIn(sql, { run, scope, sealer }));
    scopes.set(scope, notes);
    return notes.find((note) => note.name === name) ?? null;
  };
  for (const { scope, name } of undone) {
    const loops = loopsOf(scope);
    let at = "";
    for (const step of stepsAround(program.process, name) ?? []) {
      const note = await known(at, step.name);
      const loop = loops.find((candidate) => candidate.scope === at && candidate.name === step.name);
      if (note) changed.set(pathOf(note), reopened(note, loop?.index ?? null));
      if (loop) at = `${loop.scope}${loop.name}[${loop.index}].`;
    }
  }
}

function reopened(note: StepNote, index: number | null): StepNote {
  const { state } = note;
  const base: StepNote = { ...note, status: "pending", handled: false, number: null };
  if (index === null || !state || !("next" in state) || state.open.includes(index)) return base;
  return { ...base, state: { ...state, open: [...state.open, index].toSorted((one, other) => one - other) } };
}
