import type { Actor, ReadPlan, RunPlan } from "#lib/plan/types.ts";

/** Work on more rows than fit into one statement or one answer, over connections that are kept for it. */
export interface Bulk {
  /**
   * Reads a list of records row by row (`columnsOf` its selection, each value a text; see docs/concepts/csv.md for those
   * of each type). Settles when all rows were taken.
   */
  readonly rows: (actor: Actor, plan: ReadPlan, reading: RowReading) => Promise<void>;
  /** One transaction of many plans. All that the work does happens, or nothing. */
  readonly change: <Result>(work: BulkWork<Result>, options: BulkOptions) => Promise<Result>;
  /** Several transactions, one after the other. */
  readonly changes: <Result>(work: (change: RunBulk) => Promise<Result>) => Promise<Result>;
}

export type BulkWork<Result> = (change: BulkChange) => Promise<Result>;

/** Runs one transaction. */
export type RunBulk = <Result>(work: BulkWork<Result>) => Promise<Result>;

/** Texts in UTF-8 and null where there is no value. */
export type RowTexts = readonly (Buffer | null)[];

export interface RowReading {
  /** Null for all records of the list, whatever its page. */
  readonly limit: number | null;
  /** Breaks the reading off. */
  readonly signal: AbortSignal;
  /** Is given some rows; no more than these and the next ones are held until it settles. */
  readonly take: (rows: readonly RowTexts[]) => Promise<void>;
}

export interface BulkChange {
  readonly run: RunPlan;
  /** What fails in there is undone alone, and the transaction goes on. */
  readonly attempt: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export interface BulkOptions {
  /** Everything is done and checked, then undone. */
  readonly dryRun: boolean;
}
