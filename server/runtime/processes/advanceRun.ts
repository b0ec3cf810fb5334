import { allSteps } from "#lib/model/processes/stepsWithin.ts";
import type { StepFailure } from "#lib/model/runs/StepNote.ts";
import { Walk } from "#lib/model/runs/Walk.ts";
import { undoRun, walkRun } from "#lib/model/runs/walkRun.ts";
import type { Environment } from "../host/Environment.ts";
import { logDefect } from "../log.ts";
import { traceOf, traceOfId } from "../telemetry/TraceContext.ts";
import { HeldRun, TurnLost } from "./HeldRun.ts";
import { leaseSeconds, type Run } from "./Run.ts";
import { RunEffects } from "./RunEffects.ts";

export interface Advancing {
  readonly environment: Environment;
  readonly run: Run;
  /** Aborted when the runtime is to end: the run is left where it is. */
  readonly signal: AbortSignal;
  /** Seconds for which others leave the run alone. */
  readonly lease?: number;
}

/** When the database could not be asked, it is given a moment. */
const pauseAfterDefect = 5_000;

/** Goes on with a run as far as it gets: to its end, to a wait, or to the end of the runtime. */
export async function advanceRun({ environment, run, signal, lease = leaseSeconds }: Advancing): Promise<void> {
  const held = new HeldRun(environment, run, lease);
  const effects = new RunEffects(held, signal);
  const heartbeat = setInterval(
    () => {
      if (held.sinceHeld >= (lease * 1000) / 3) effects.guard(held.transaction(async () => [])).catch(() => {});
    },
    (lease * 1000) / 6,
  );
  heartbeat.unref();
  try {
    // What it asks of others belongs to the trace that has its id.
    await traceOf.run(traceOfId(run.id), () => advance(held, effects));
  } catch (error) {
    const cause = effects.defect ?? error;
    if (cause instanceof TurnLost) return;
    logDefect("A run of a process could not go on.", cause, { environment: environment.spec.id, run: run.id });
    await held.leave(Date.now() + pauseAfterDefect).catch(() => {});
  } finally {
    clearInterval(heartbeat);
  }
}

async function advance(held: HeldRun, effects: RunEffects): Promise<void> {
  const { run } = held;
  const walk = new Walk({ program: run.program, effects, input: run.input, done: run.done });
  held.done = () => walk.done;
  if (run.status === "compensating")
    return undo(held, { walk, effects, ending: run.ending ?? "failed", error: run.error });
  const end = held.isCancelled ? ({ kind: "stopped" } as const) : await walkRun(walk, run.deadline);
  if (effects.defect !== null) throw effects.defect;
  switch (end.kind) {
    case "succeeded":
      return held.end({ status: "succeeded", output: end.output, error: null });
    case "waiting": {
      const until = end.until === null ? null : end.until - run.clockAhead;
      return held.release({ status: "waiting", until });
    }
    case "failed":
      return undo(held, { walk, effects, ending: "failed", error: end.failure });
    case "stopped":
      if (!held.isCancelled) return held.leave(Date.now());
      return undo(held, { walk, effects, ending: "cancelled", error: null });
  }
}

interface Undoing {
  readonly walk: Walk;
  readonly effects: RunEffects;
  readonly ending: "failed" | "cancelled";
  readonly error: StepFailure | null;
}

async function undo(held: HeldRun, { walk, effects, ending, error }: Undoing): Promise<void> {
  effects.isUndoing = true;
  if (held.run.status !== "compensating" && hasUndoing(walk)) await held.beginUndoing(ending, error);
  const outcome = await undoRun(walk);
  if (effects.defect !== null) throw effects.defect;
  if (outcome === null || outcome.kind === "failed") return held.end({ status: ending, output: null, error });
  if (outcome.kind === "stopped") return held.leave(Date.now());
  const until = outcome.until === null ? null : outcome.until - held.run.clockAhead;
  return held.release({ status: "compensating", until });
}

function hasUndoing({ program }: Walk): boolean {
  return allSteps(program.process).some(({ compensate }) => compensate !== undefined);
}
