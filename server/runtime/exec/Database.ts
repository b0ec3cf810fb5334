import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import { Pool } from "./Pool.ts";

export interface DatabaseOptions {
  /** Connections for reads. Statements share them by pipelining: few connections take less of both machines' time. */
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

/** The columns of a row as the bytes that PostgreSQL sent. */
export type RawRow = readonly (Buffer | null)[];

export interface StatementCall {
  readonly text: string;
  readonly parameters: (string | null)[];
  /** Kept by name on the connection, so that it is parsed and planned once. */
  readonly prepare: boolean;
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
  readonly #readers: Pool;
  readonly #writers: Pool;
  readonly #maxPending: number;
  /** Ends connections that idle, to this database or others, when the server takes no more. */
  readonly makeRoom: () => Promise<void>;
  #pending = 0;

  constructor(url: string, options: DatabaseOptions = {}) {
    const { readers = 3, writers = 8, statementSeconds = 15, maxPending = 2000 } = options;
    this.#readers = new Pool(url, { connections: readers, statementSeconds });
    this.#writers = new Pool(url, { connections: writers, statementSeconds });
    this.#maxPending = maxPending;
    this.makeRoom = options.makeRoom ?? (async () => {});
  }

  /** Statements and transactions under way or waiting for a connection. */
  get pending(): number {
    return this.#pending;
  }

  read(call: StatementCall): Promise<RawRow | null> {
    return this.#run(this.#readers.client, call);
  }

  write(call: StatementCall): Promise<RawRow | null> {
    return this.#run(this.#writers.client, call);
  }

  /** All that the work does happens or nothing. */
  async transaction<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    this.#enter();
    try {
      const result = await this.#writers.client.begin((sql) =>
        work({ answer: async (call) => (await query(sql, call))[0] ?? null }),
      );
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
    const pools = [this.#readers, this.#writers].filter((pool) => pool.isUnused() || atOnce);
    await Promise.all(pools.map((pool) => pool.close()));
  }

  /** Ends the connections once the statements under way are answered. */
  async close(): Promise<void> {
    await Promise.all([this.#readers.close(), this.#writers.close()]);
  }

  async #run(sql: postgres.Sql, call: StatementCall): Promise<RawRow | null> {
    this.#enter();
    try {
      return (await query(sql, call))[0] ?? null;
    } finally {
      this.#pending -= 1;
    }
  }

  #enter(): void {
    if (this.#pending >= this.#maxPending) {
      throw new AppError("unavailable", "This app has more requests than it can serve. Try again in a moment.");
    }
    this.#pending += 1;
  }
}

function query(sql: Pick<postgres.Sql, "unsafe">, { text, parameters, prepare }: StatementCall) {
  // Without `simple: false` the driver takes a statement without parameters for a script.
  const settings = { prepare, simple: false };
  return sql.unsafe(text, parameters as string[], settings).raw();
}
