import { AppError } from "#lib/errors/AppError.ts";
import { LongTransactions } from "./bulk/LongTransactions.ts";
import { Pool } from "./Pool.ts";
import { type Pace, Readers } from "./Readers.ts";
import { type RawRow, runStatement, type StatementCall } from "./runStatement.ts";

export interface DatabaseOptions {
  /** Connections for reads, at most. */
  readonly readers?: number;
  /** Connections for changes: each waits for its commit to reach the disk, which several do together. */
  readonly writers?: number;
  /** A statement is broken off after so long. */
  readonly statementSeconds?: number;
  /** Statements under way or waiting; beyond that it is better to refuse at once. */
  readonly maxPending?: number;
  /** Called when the server takes no more connections: to end some that idle, here or elsewhere. */
  readonly makeRoom?: () => Promise<void>;
}

/** Runs statements that answer one row or none. */
export interface Session {
  answer(call: StatementCall): Promise<RawRow | null>;
}

/**
 * One environment's PostgreSQL. Connections are opened when they are needed and put away when they idle, so that an
 * environment nobody asks costs none.
 */
export class Database {
  readonly #readers: Readers;
  readonly #writers: Pool;
  readonly #maxPending: number;
  /** For work on many rows, which must not take the connections of all others. */
  readonly long: LongTransactions;
  /** Ends connections that idle, to this database or others, when the server takes no more. */
  readonly makeRoom: () => Promise<void>;
  #pending = 0;

  constructor(url: string, options: DatabaseOptions = {}) {
    const { readers = 8, writers = 8, statementSeconds = 15, maxPending = 2000 } = options;
    this.#readers = new Readers(url, { most: readers, statementSeconds });
    this.#writers = new Pool(url, { connections: writers, statementSeconds });
    this.#maxPending = maxPending;
    this.makeRoom = options.makeRoom ?? (async () => {});
    this.long = new LongTransactions(url, () => this.makeRoom());
  }

  /** Statements and transactions under way or waiting for a connection. */
  get pending(): number {
    return this.#pending;
  }

  async read(call: StatementCall, pace: Pace = { least: null }): Promise<RawRow | null> {
    this.#enter();
    try {
      return await this.#readers.answer(call, pace);
    } finally {
      this.#pending -= 1;
    }
  }

  async write(call: StatementCall): Promise<RawRow | null> {
    this.#enter();
    try {
      return await runStatement(this.#writers.client, call);
    } finally {
      this.#pending -= 1;
    }
  }

  /** All that the work does happens or nothing. */
  async transaction<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    this.#enter();
    try {
      const result = await this.#writers.client.begin((sql) => work({ answer: (call) => runStatement(sql, call) }));
      return result as Result;
    } finally {
      this.#pending -= 1;
    }
  }

  /** Rows of a query of our own about the database itself. */
  async inspect(text: string, parameters: readonly (string | readonly string[])[]): Promise<readonly string[][]> {
    const texts = parameters.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
    const rows = await this.#readers.client.unsafe(text, texts, { prepare: false }).values();
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

  #enter(): void {
    if (this.#pending >= this.#maxPending) {
      throw new AppError("unavailable", "This app has more requests than it can serve. Try again in a moment.");
    }
    this.#pending += 1;
  }
}
