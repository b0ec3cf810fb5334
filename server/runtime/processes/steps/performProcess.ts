import { processTables } from "#lib/compile/schema/processSchema.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { ProcessStep } from "#lib/model/processTypes.ts";
import type { StepFailure } from "#lib/model/runs/StepNote.ts";
import { valuesBelow } from "#lib/model/runs/slotsOf.ts";
import type { Performed } from "#lib/model/runs/WalkEffects.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { RunStatus } from "../Run.ts";
import { rowsIn } from "../runRows.ts";
import { StepError } from "../StepError.ts";
import { startRun } from "../startRun.ts";
import { type StepDoing, stepKey } from "./StepDoing.ts";

const runs = tableName(processTables.runs);
const findText = `SELECT status, output, error FROM ${runs} WHERE process = $1 AND key = $2`;
/** Of earlier attempts: nobody waits for them any more. */
const cancelText = `UPDATE ${runs} SET cancelled = true, wake_at = now(), woken = true
  WHERE process = $1 AND ended_at IS NULL AND key IN (SELECT json_array_elements_text($2::json))`;

interface ChildRow {
  readonly status: RunStatus;
  readonly output: string | null;
  readonly error: string | null;
}

/** Begins a run of another process once for each attempt, and waits for its end unless it is detached. */
export async function performProcess(doing: StepDoing, step: ProcessStep): Promise<Performed> {
  const { held, work } = doing;
  const key = (attempt: number) => `${stepKey(doing)}:${attempt}`;
  const child = await held.read((sql) => rowsIn<ChildRow>(sql, findText, [step.process, key(work.note.attempt)]));
  const [known] = child;
  if (known) return step.detached ? { kind: "done", result: null } : ofChild(doing, step, known);
  const note = step.detached ? work.succeeded(null) : { ...work.note, status: "waiting" as const };
  await held.transaction(async (sql) => {
    const { environment, run } = held;
    const cause = { kind: "process", id: run.id, depth: run.depth + 1 } as const;
    const start = {
      process: step.process,
      input: valuesBelow(work.values, "input"),
      cause,
      key: key(work.note.attempt),
    };
    await startRun(sql, { environment, start, ...(!step.detached && { parent: run.id }) }).catch((error: unknown) => {
      throw error instanceof AppError && error.code === "not_found"
        ? new StepError("not_found", error.message, { isLasting: true })
        : error;
    });
    const earlier = Array.from({ length: work.note.attempt - 1 }, (_, index) => key(index + 1));
    if (earlier.length > 0) await rowsIn(sql, cancelText, [step.process, JSON.stringify(earlier)]);
    environment.database.afterCommit(sql, environment.engine.poke);
    return [note];
  });
  if (step.detached) return { kind: "done", result: null, note };
  // It may have failed as it began.
  const [begun] = await held.read((sql) => rowsIn<ChildRow>(sql, findText, [step.process, key(work.note.attempt)]));
  return begun ? ofChild(doing, step, begun) : { kind: "waiting", until: null };
}

function ofChild({ held }: StepDoing, step: ProcessStep, { status, output, error }: ChildRow): Performed {
  switch (status) {
    case "succeeded":
      return { kind: "done", result: output === null ? null : JSON.parse(held.sealer.open(output)) };
    case "failed": {
      const failure: StepFailure | null = error === null ? null : JSON.parse(held.sealer.open(error));
      const message = `${step.process}: ${failure?.message ?? "The process failed."}`;
      return {
        kind: "failed",
        code: failure?.code ?? "process_failed",
        message,
        isLasting: failure?.code === "too_deep",
      };
    }
    case "cancelled":
      return { kind: "failed", code: "process_cancelled", message: `${step.process} was cancelled.`, isLasting: false };
    case "waiting":
    case "running":
    case "compensating":
      return { kind: "waiting", until: null };
  }
}
