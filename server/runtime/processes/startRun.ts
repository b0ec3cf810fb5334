import type postgres from "postgres";
import { processTables } from "#lib/compile/schema/processSchema.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { timeOrderedUuid } from "#lib/plan/write/timeOrderedUuid.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { Environment } from "../host/Environment.ts";
import { programNamed } from "./programs.ts";
import type { RunStart } from "./RunStart.ts";
import { readRunInput } from "./readRunInput.ts";
import { sealerOf } from "./sealer.ts";

/** A run that so many others led to is not begun: the app goes in circles. */
export const maxDepth = 16;

export interface StartedRun {
  readonly id: string;
  /** False where an earlier start with the key began it. */
  readonly isNew: boolean;
}

export interface Starting {
  readonly environment: Pick<Environment, "app" | "cipher">;
  readonly start: RunStart;
  /** The run whose step waits for the end of this one. */
  readonly parent?: string;
}

const insertProgram = `INSERT INTO ${tableName(processTables.programs)} (hash, name, program) VALUES ($1, $2, $3)
  ON CONFLICT (hash) DO NOTHING`;
const insertRun = `INSERT INTO ${tableName(processTables.runs)}
  (id, process, version, status, key, input, error, cause_kind, cause_id, depth, parent, wake_at, deadline, ended_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::integer, $11::uuid,
    CASE WHEN $7::text IS NULL THEN now() END, now() + $12::interval, CASE WHEN $7::text IS NOT NULL THEN now() END)
  ON CONFLICT (process, key) DO NOTHING
  RETURNING id, EXISTS (SELECT FROM ${tableName(processTables.programs)} WHERE hash = $3)::text AS is_known`;
const sameRun = `SELECT id FROM ${tableName(processTables.runs)} WHERE process = $1 AND key = $2`;

/**
 * Begins a run in the transaction of the caller, once for each key of a process. Of calls and hooks, inputs that do not
 * fit are refused with AppError; whatever else begins runs has nobody to tell, so the run is there and has failed, as it
 * does where the app goes in circles. After the commit, `environment.engine.poke()`.
 */
export async function startRun(
  sql: postgres.TransactionSql,
  { environment, start, parent }: Starting,
): Promise<StartedRun> {
  const { app } = environment;
  const version = programNamed(app, start.process);
  if (!version) throw new AppError("not_found", `There is no process ${start.process}.`);
  const { hash, text, program } = version;
  const { input, errors } = readRunInput(app.model, program.process, start.input);
  const isAsked = start.cause.kind === "call" || start.cause.kind === "hook" || start.cause.kind === "trial";
  if (errors.length > 0 && isAsked) {
    throw new AppError("invalid_input", "Some inputs are not acceptable.", { fields: errors });
  }
  const failure = failureOf(start, errors);
  const { seal } = sealerOf(environment);
  const run = async (statement: string, values: readonly (string | null)[]) =>
    (await sql.unsafe(statement, values as string[])) as readonly {
      readonly id?: string;
      readonly is_known?: string;
    }[];
  const rows = await run(insertRun, [
    timeOrderedUuid(),
    program.process.name,
    hash,
    failure ? "failed" : "waiting",
    start.key,
    seal(JSON.stringify(failure ? start.input : input)),
    failure === null ? null : seal(JSON.stringify(failure)),
    start.cause.kind,
    start.cause.id,
    String(start.cause.depth),
    parent ?? null,
    program.process.timeout ?? null,
  ]);
  const [made] = rows;
  if (made?.id !== undefined) {
    if (made.is_known !== "true") await run(insertProgram, [hash, program.process.name, text]);
    return { id: made.id, isNew: true };
  }
  const [known] = await run(sameRun, [program.process.name, start.key]);
  if (known?.id === undefined) throw new Error("A run that is there was not found.");
  return { id: known.id, isNew: false };
}

function failureOf(
  start: RunStart,
  errors: readonly { readonly field: string; readonly message: string }[],
): JsonValue {
  if (start.cause.depth > maxDepth) {
    const message = `More than ${maxDepth} runs led here, each begun by the one before: the app goes in circles.`;
    return { code: "too_deep", message };
  }
  if (errors.length === 0) return null;
  const message = errors.map(({ field, message }) => `${field}: ${message}`).join(" ");
  return { code: "invalid_input", message };
}
