import type { StepNote } from "#lib/model/runs/StepNote.ts";
import { pathOf } from "#lib/model/runs/StepNote.ts";
import type { JsonValue } from "#lib/model/types.ts";
import type { RunStatus } from "../Run.ts";
import { type Masks, maskedInput, maskedNote, maskedOutput } from "./masks.ts";

export interface RunRow {
  readonly id: string;
  readonly process: string;
  readonly version: string;
  readonly status: RunStatus;
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause_kind: string;
  readonly cause_id: string | null;
  readonly depth: string;
  readonly parent: string | null;
  readonly wake_at: string | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
}

const moment = (name: string) => `to_char(${name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${name}`;

/** What is asked of a run's row. */
export const runColumns = `id::text, process, version, status, input, output, error, cause_kind, cause_id, depth::text,
  parent::text, ${["wake_at", "created_at", "started_at", "ended_at"].map(moment).join(", ")}`;

/** A run as the API shows it. */
export function shownRun(row: RunRow, masks: Masks, open: (text: string) => string): JsonValue {
  const json = (text: string | null): JsonValue => (text === null ? null : JSON.parse(open(text)));
  return {
    id: row.id,
    process: row.process,
    version: row.version,
    status: row.status,
    input: maskedInput(json(row.input), masks),
    output: maskedOutput(json(row.output), masks),
    error: json(row.error),
    cause: { kind: row.cause_kind, id: row.cause_id, depth: Number(row.depth) },
    parent: row.parent,
    wakesAt: row.wake_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}

/** A step of a run as the API shows it. */
export function shownStep(given: StepNote, masks: Masks): JsonValue {
  const note = maskedNote(given, masks);
  const { name, kind, status, attempt, input, result, error, handled, retryAt, startedAt, endedAt, state } = note;
  return {
    path: pathOf(note),
    name,
    kind,
    status,
    attempt,
    input,
    result,
    error: error && { code: error.code, message: error.message },
    handled,
    // Where one with steps in it is, or until when one waits.
    state: state as JsonValue,
    retryAt,
    startedAt,
    endedAt,
    milliseconds: endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt),
  };
}
