import { processTables } from "#lib/compile/schema/processSchema.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { Database } from "../exec/Database.ts";
import { rowsOf } from "./runRows.ts";

const endedText = `SELECT 1 AS ended FROM ${tableName(processTables.runs)} WHERE id = $1::uuid AND ended_at IS NOT NULL`;
/** Another runtime may be the one that ends it. */
const lookMilliseconds = 1000;

const waiting = new WeakMap<Database, Map<string, Set<() => void>>>();

/** Tells those who wait for it here that a run has ended. */
export function tellEnd(database: Database, run: string): void {
  for (const told of waiting.get(database)?.get(run) ?? []) told();
}

/** Whether a run has ended within a time. */
export async function waitForEnd(database: Database, run: string, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  for (;;) {
    const told = nextTelling(database, run, Math.min(lookMilliseconds, until - Date.now()));
    const rows = await rowsOf(database, endedText, [run]);
    if (rows.length > 0 || Date.now() >= until) {
      told.stop();
      return rows.length > 0;
    }
    await told.promise;
  }
}

/** Settles when the run ends here, or after a time. */
function nextTelling(database: Database, run: string, milliseconds: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const runs = waiting.get(database) ?? new Map<string, Set<() => void>>();
  waiting.set(database, runs);
  const all = runs.get(run) ?? new Set();
  runs.set(run, all);
  const stop = () => {
    clearTimeout(timer);
    all.delete(stop);
    if (all.size === 0 && runs.get(run) === all) runs.delete(run);
    resolve();
  };
  const timer = setTimeout(stop, Math.max(0, milliseconds));
  all.add(stop);
  return { promise, stop };
}
