import { processTables } from "#lib/compile/schema/processSchema.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { Pump, PumpTurn } from "../engine/Work.ts";
import { codeOf } from "../exec/failureKinds.ts";
import type { Environment } from "../host/Environment.ts";
import { advanceRun } from "./advanceRun.ts";
import { leaseSeconds } from "./Run.ts";
import { anyDue, claimRuns, nextMoment, rowsOf } from "./runRows.ts";

const mostAtOnce = 8;
const keptDays = 90;
const sweepMilliseconds = 60 * 60 * 1000;

/** Goes on with the runs of an app's processes. What there is to do stands in their rows: no other queue knows of them. */
export const runPump: Pump = {
  name: "runs",
  waiting: anyDue,
  isNeeded: ({ app, spec }) => (app.model.processes ?? []).length > 0 && spec.held?.processes === undefined,
  async run(environment, signal, turn) {
    try {
      await advanceDue({ environment, signal, ...(turn && { turn }) });
      await sweepOld(environment);
      return await nextMoment(environment.database);
    } catch (error) {
      // A database that no deploy has touched since there are processes.
      if (codeOf(error) === "42P01") return null;
      throw error;
    }
  },
};

export interface AdvancingDue {
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly lease?: number;
  /** Once it is over no more are taken. */
  readonly turn?: PumpTurn;
}

/** Takes runs that are due until there are none, some at a time. */
export async function advanceDue({ environment, signal, lease = leaseSeconds, turn }: AdvancingDue): Promise<void> {
  const underWay = new Set<Promise<void>>();
  for (;;) {
    const free = mostAtOnce - underWay.size;
    const runs = signal.aborted || turn?.isOver ? [] : await claimRuns(environment, free, lease);
    for (const run of runs) {
      const going = advanceRun({ environment, run, signal, lease }).finally(() => underWay.delete(going));
      underWay.add(going);
    }
    if (underWay.size === 0) return;
    if (underWay.size === mostAtOnce || runs.length === 0) await Promise.race(underWay);
  }
}

const oldText = `SELECT id FROM ${tableName(processTables.runs)} WHERE ended_at < now() - interval '${keptDays} days'
  ORDER BY ended_at LIMIT 200 FOR UPDATE SKIP LOCKED`;
const sweepText = `WITH old AS (${oldText}),
  steps AS (DELETE FROM ${tableName(processTables.steps)} WHERE run IN (SELECT id FROM old))
  DELETE FROM ${tableName(processTables.runs)} WHERE id IN (SELECT id FROM old)`;
const swept = new WeakMap<object, number>();

/** Runs that ended long ago go, some at a time. */
async function sweepOld({ database }: Environment): Promise<void> {
  const now = Date.now();
  if (now - (swept.get(database) ?? 0) < sweepMilliseconds) return;
  swept.set(database, now);
  await rowsOf(database, sweepText, []);
}
