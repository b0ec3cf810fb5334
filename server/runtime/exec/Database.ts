import type postgres from "postgres";
import { LongTransactions } from "./bulk/LongTransactions.ts";
import { failureKind } from "./failureKinds.ts";
import { Pool } from "./Pool.ts";
import { isLongOne, type Pace, Readers } from "./Readers.ts";
import { type RawRow, runStatement, type StatementCall } from "./runStatement.ts";
import { Turns, tooMany } from "./Turns.ts";

export interface DatabaseOptions {
  /** Connections for reads, at most. */
  readonly readers?: number;
  /** Connections for changes: each waits for its commit to reach the disk, which several do together. */
  readonly writers?: number;
  /** A statement is broken off after so long. */
  readonly statementSeconds?: number;
  /** Statements under way or waiting; beyond that it is better to refuse at once. */
  readonly maxPending?: number;
  /** Whoever has waited so long for a connection is refused. */
  readonly waitSeconds?: number;
  /** Called when the server takes no more connections: to end some that idle, here or elsewhere. */
  readonly makeRoom?: () => Promise<void>;
}

export interface ConnectionUse {
  /** The most that were in use at once. */
  readonly used: number;
  /** Statements that wait for a turn, now. */
  readonly waiting: number;
  /** As many as there may be. */
  readonly most: number;
}

/** Runs statements that answer one row or none. */
export interface Session {
  answer(call: StatementCall): Promise<RawRow | null>;
}

/** Others ask for the same room. */
const attemptsForRoom = 4;

/**
 * One environment's PostgreSQL. Connections are opened when they are needed and put away when they idle, so that an
 * environment nobody asks costs none.
 */
export class Database {
  readonly #readers: Readers;
  readonly #writers: Pool;
  readonly #mostReaders: number;
  readonly #mostWriters: number;
  readonly #maxPending: number;
  /** Short reads share connections, long ones and changes hardly: each kind has a line of its own. */
  readonly #shortReads: Turns;
  readonly #longReads: Turns;
  readonly #writes: Turns;
  /** For work on many rows, which must not take the connections of all others. */
  readonly long: LongTransactions;
  /** Ends connections that idle, to this database or others, when the server takes no more. */
  readonly makeRoom: () => Promise<void>;
  /** What is to be done after the commits of own transactions under way. */
  readonly #afterCommit = new WeakMap<object, Set<() => void>>();
  #pending = 0;

  constructor(url: string, options: DatabaseOptions = {}) {
    const { readers = 8, writers = 12, statementSeconds = 15, maxPending = 2000, waitSeconds = 5 } = options;
    this.#readers = new Readers(url, { most: readers, statementSeconds });
    this.#writers = new Pool(url, { connections: writers, statementSeconds });
    this.#mostReaders = readers;
    this.#mostWriters = writers;
    this.#maxPending = maxPending;
    this.#shortReads = new Turns({ places: 32 * readers, waitSeconds });
    this.#longReads = new Turns({ places: 2 * readers, waitSeconds });
    this.#writes = new Turns({ places: 4 * writers, waitSeconds });
    this.makeRoom = options.makeRoom ?? (async () => {});
    this.long = new LongTransactions(url, () => this.makeRoom());
  }

  /** Statements and transactions under way or waiting for a connection. */
  get pending(): number {
    return this.#pending;
  }

  /** Whether some wait for a connection. */
  get isCrowded(): boolean {
    return this.#shortReads.waiting > 0 || this.#longReads.waiting > 0 || this.#writes.waiting > 0;
  }

  /** How connections were used since the last call. */
  takeUse(): ConnectionUse {
    const writing = Math.min(this.#writes.takePeak(), this.#mostWriters);
    const waiting = this.#shortReads.waiting + this.#longReads.waiting + this.#writes.waiting;
    return { used: this.#readers.takePeak() + writing, waiting, most: this.#mostReaders + this.#mostWriters };
  }

  async read(call: StatementCall, pace: Pace = { least: null }): Promise<RawRow | null> {
    const turns = isLongOne(pace) ? this.#longReads : this.#shortReads;
    const turn = this.#enter(turns);
    if (turn) await turn;
    try {
      return await this.#readers.answer(call, pace);
    } finally {
      this.#leave(turns);
    }
  }

  async write(call: StatementCall): Promise<RawRow | null> {
    const turn = this.#enter(this.#writes);
    if (turn) await turn;
    try {
      return await runStatement(this.#writers.client, call);
    } finally {
      this.#leave(this.#writes);
    }
  }

  /** All that the work does happens or nothing. */
  async transaction<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const turn = this.#enter(this.#writes);
    if (turn) await turn;
    try {
      const result = await this.#writers.client.begin((sql) => work({ answer: (call) => runStatement(sql, call) }));
      return result as Result;
    } finally {
      this.#leave(this.#writes);
    }
  }

  /** A transaction on the runtime's own tables (`gantry_*`). Values are texts in both directions; JSON is text too. */
  async own<Result>(work: (sql: postgres.TransactionSql) => Promise<Result>): Promise<Result> {
    const after = new Set<() => void>();
    const result = await this.#withRoom(async () => {
      const turn = this.#enter(this.#writes);
      if (turn) await turn;
      try {
        return await this.#writers.client.begin((sql) => {
          this.#afterCommit.set(sql, after);
          return work(sql);
        });
      } finally {
        this.#leave(this.#writes);
      }
    });
    for (const then of after) then();
    return result as Result;
  }

  /** Within a transaction of `own`: all that the work does happens or nothing, and the transaction goes on either way. */
  async within<Result>(
    sql: postgres.TransactionSql,
    work: (sql: postgres.TransactionSql) => Promise<Result>,
  ): Promise<Result> {
    const after = this.#afterCommit.get(sql);
    return (await sql.savepoint((part) => {
      if (after) this.#afterCommit.set(part, after);
      return work(part);
    })) as Result;
  }

  /** Does something once a transaction of `own` is committed, and nothing where it is undone. */
  afterCommit(sql: postgres.TransactionSql, then: () => void): void {
    const after = this.#afterCommit.get(sql);
    if (!after) throw new Error("This is no transaction of the runtime's own.");
    after.add(then);
  }

  /** Rows of a query of our own about the database itself. */
  async inspect(text: string, parameters: readonly (string | readonly string[])[]): Promise<readonly string[][]> {
    const texts = parameters.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
    const rows = await this.#withRoom(() => this.#readers.client.unsafe(text, texts, { prepare: false }).values());
    return rows.map((row) => row.map(String));
  }

  /** Puts connections away that were not used since the last call, or at once all of a database nobody waits for. */
  async closeIdle({ atOnce = false } = {}): Promise<void> {
    if (this.#pending > 0) return;
    const writers = this.#writers.isUnused() || atOnce ? this.#writers.close() : null;
    await Promise.all([this.#readers.closeIdle({ atOnce }), writers, this.long.closeIdle({ atOnce })]);
  }

  /** Ends the connections once the statements under way are answered. */
  async close(): Promise<void> {
    await Promise.all([this.#readers.close(), this.#writers.close(), this.long.close()]);
  }

  /** Tries again when the server takes no more connections: nothing was done then, and some idle elsewhere. */
  async #withRoom<Result>(work: () => PromiseLike<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (failureKind(error) !== "full" || attempt === attemptsForRoom) throw error;
        await this.makeRoom();
      }
    }
  }

  /** Null when there is a place at once. */
  #enter(turns: Turns): Promise<void> | null {
    if (this.#pending >= this.#maxPending) throw tooMany();
    this.#pending += 1;
    const turn = turns.take();
    return turn && this.#orRefused(turn);
  }

  async #orRefused(turn: Promise<void>): Promise<void> {
    try {
      await turn;
    } catch (error) {
      this.#pending -= 1;
      throw error;
    }
  }

  #leave(turns: Turns): void {
    this.#pending -= 1;
    turns.giveBack();
  }
}
