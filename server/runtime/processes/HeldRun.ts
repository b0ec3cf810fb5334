import type postgres from "postgres";
import { processTables } from "#lib/compile/schema/processSchema.ts";
import type { StepFailure, StepNote } from "#lib/model/runs/StepNote.ts";
import { pathOf } from "#lib/model/runs/StepNote.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { Environment } from "../host/Environment.ts";
import { traceOfId } from "../telemetry/TraceContext.ts";
import type { Run } from "./Run.ts";
import { rowsIn } from "./runRows.ts";
import { type Sealer, sealerOf } from "./sealer.ts";
import { keepNotes } from "./stepRows.ts";
import { tellEnd } from "./waitForEnd.ts";

const runs = tableName(processTables.runs);
const waits = tableName(processTables.waits);

const holdText = `UPDATE ${runs} SET held_until = now() + $3::interval, done = greatest(done, $4::integer)
  WHERE id = $1::uuid AND turn = $2::integer RETURNING cancelled::text`;
const releaseText = `UPDATE ${runs} SET held_until = NULL, status = CASE WHEN status = 'compensating' THEN status ELSE $3 END,
  wake_at = CASE WHEN woken OR $4::bigint <= 0 THEN now() ELSE now() + $4::bigint * interval '1 millisecond' END
  WHERE id = $1::uuid AND turn = $2::integer`;
const undoText = `UPDATE ${runs} SET status = 'compensating', ending = $3, error = $4
  WHERE id = $1::uuid AND turn = $2::integer`;
const endText = `UPDATE ${runs} SET held_until = NULL, wake_at = NULL, ended_at = now(), status = $3, ending = NULL,
  output = $4, error = $5 WHERE id = $1::uuid AND turn = $2::integer`;
const forgetWaits = `DELETE FROM ${waits} WHERE run = $1::uuid`;
const wakeParent = `UPDATE ${runs} SET wake_at = now(), woken = true WHERE id = $1::uuid AND ended_at IS NULL`;
/** What a run began and no longer waits for. */
const cancelChildren = `UPDATE ${runs} SET cancelled = true, wake_at = now(), woken = true
  WHERE parent = $1::uuid AND ended_at IS NULL`;

/** For figures and logs; what a run failed with is told by its code, as its sentence may hold values. */
function noteEnd(
  { telemetry }: Environment,
  { id, process }: Run,
  { status, error }: Pick<Ending, "status" | "error">,
): void {
  telemetry.use("processRuns");
  telemetry.count("gantry.process.runs", { "gantry.process": process, "gantry.outcome": status });
  telemetry.tell({
    severity: status === "failed" ? "error" : "info",
    scope: "process",
    body: `A run of ${process} ${status === "cancelled" ? "was cancelled" : status}.`,
    traceId: traceOfId(id).traceId,
    attributes: { "gantry.process": process, "gantry.run": id, ...(error && { "gantry.failure": error.code }) },
  });
}

/** Another has gone on with the run: nothing of this turn counts any more. */
export class TurnLost extends Error {
  constructor() {
    super("Another runtime goes on with the run.");
  }
}

export interface Ending {
  readonly status: "succeeded" | "failed" | "cancelled";
  readonly output: JsonValue;
  readonly error: StepFailure | null;
}

export interface Pause {
  readonly status: "waiting" | "compensating";
  /** ms since 1970 by this machine's clock; null where only what happens elsewhere makes it go on. */
  readonly until: number | null;
}

/**
 * A run in one turn. Whatever is kept of it is kept in transactions that nobody else's turn can come between, one after
 * the other, each with all that was noted before it.
 */
export class HeldRun {
  readonly run: Run;
  readonly environment: Environment;
  readonly #sealer: Sealer;
  readonly #lease: string;
  readonly #notes = new Map<string, StepNote>();
  /** Lists that loops go over and that are kept: they may be long, and are not kept again with each item. */
  readonly #lists = new Map<string, JsonValue>();
  #last: Promise<unknown> = Promise.resolve();
  #lastHeld = Date.now();
  #isCancelled: boolean;
  /** Steps done so far. */
  done: () => number = () => 0;
  onCancel: () => void = () => {};

  constructor(environment: Environment, run: Run, lease: number) {
    this.environment = environment;
    this.run = run;
    this.#lease = `${lease} seconds`;
    this.#sealer = sealerOf(environment);
    this.#isCancelled = run.isCancelled;
  }

  get sealer(): Sealer {
    return this.#sealer;
  }

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /** ms of this machine's clock since the run was last held on to. */
  get sinceHeld(): number {
    return Date.now() - this.#lastHeld;
  }

  note(note: StepNote): void {
    this.#notes.set(pathOf(note), note);
  }

  async flush(): Promise<void> {
    if (this.#notes.size > 0) await this.transaction(async () => []);
  }

  /**
   * All that the work does, what was noted before, and what the work gives to be noted, or nothing of it. `first` is for
   * what must be locked before the run is.
   */
  transaction(
    work: (sql: postgres.TransactionSql) => Promise<readonly StepNote[]>,
    first: (sql: postgres.TransactionSql) => Promise<void> = async () => {},
  ): Promise<void> {
    return this.#inTurn(async () => {
      const before = [...this.#notes.values()];
      const after = await this.environment.database.own(async (sql) => {
        const reserved = this.done() + 100;
        const [, held, made] = await Promise.all([first(sql), this.#hold(sql, reserved), work(sql)]);
        const [row] = held;
        if (!row) throw new TurnLost();
        const notes = [...new Map([...before, ...made].map((note) => [pathOf(note), note])).values()];
        const isKept = (note: StepNote) => this.#lists.get(pathOf(note)) === note.input;
        await keepNotes(sql, { run: this.run.id, notes, sealer: this.#sealer, isKept });
        // While the work was done, others beside it may have taken many numbers.
        const latest = Math.max(0, ...made.map(({ number }) => number ?? 0));
        if (latest > reserved) await this.#hold(sql, latest);
        return { row, made };
      });
      for (const note of [...before, ...after.made]) {
        const path = pathOf(note);
        if (this.#notes.get(path) === note) this.#notes.delete(path);
        if (note.kind !== "forEach") continue;
        if (note.endedAt === null) this.#lists.set(path, note.input);
        else this.#lists.delete(path);
      }
      this.#lastHeld = Date.now();
      if (after.row.cancelled === "true" && !this.#isCancelled) {
        this.#isCancelled = true;
        this.onCancel();
      }
    });
  }

  /** A look that needs no turn of its own, but sees all that was kept. */
  read<Result>(work: (sql: postgres.TransactionSql) => Promise<Result>): Promise<Result> {
    return this.#inTurn(() => this.environment.database.own(work));
  }

  /** Leaves the run to whoever comes to it when it is to go on. */
  release({ status, until }: Pause): Promise<void> {
    const wait = until === null ? null : String(Math.max(0, Math.ceil(until - Date.now())));
    return this.#finally(releaseText, [status, wait]);
  }

  /** The same where it can go on as soon as somebody comes to it, not before the moment. */
  leave(until: number): Promise<void> {
    return this.release({ status: "waiting", until });
  }

  /** From now on what was done is undone, and the run then ends so. */
  beginUndoing(ending: "failed" | "cancelled", error: StepFailure | null): Promise<void> {
    return this.#finally(undoText, [ending, this.#json(error as JsonValue)]);
  }

  async end({ status, output, error }: Ending): Promise<void> {
    const { id, parent } = this.run;
    await this.#finally(endText, [status, this.#json(output), this.#json(error as JsonValue)], async (sql) => {
      await Promise.all([
        rowsIn(sql, forgetWaits, [id]),
        status === "succeeded" ? null : rowsIn(sql, cancelChildren, [id]),
        parent === null ? null : rowsIn(sql, wakeParent, [parent]),
      ]);
    });
    tellEnd(this.environment.database, id);
    noteEnd(this.environment, this.run, { status, error });
  }

  #finally(
    text: string,
    values: readonly (string | null)[],
    more: (sql: postgres.TransactionSql) => Promise<void> = async () => {},
  ): Promise<void> {
    const { id, turn } = this.run;
    return this.transaction(async (sql) => {
      await Promise.all([rowsIn(sql, text, [id, String(turn), ...values]), more(sql)]);
      this.environment.database.afterCommit(sql, this.environment.engine.poke);
      return [];
    });
  }

  /** Holds on to the run, and sees to it that whoever goes on with it gives later numbers to the steps that it does. */
  #hold(sql: postgres.TransactionSql, done: number) {
    const { id, turn } = this.run;
    const values = [id, String(turn), this.#lease, String(done)];
    return rowsIn<{ readonly cancelled: string }>(sql, holdText, values);
  }

  #json(value: JsonValue): string | null {
    return value === null ? null : this.#sealer.seal(JSON.stringify(value));
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    try {
      return await work();
    } finally {
      resolve();
    }
  }
}
