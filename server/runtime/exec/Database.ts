import postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import { guardTransactions } from "#lib/sql/guardTransactions.ts";

export interface DatabaseOptions {
  /** Connections at most. Requests share them by pipelining, so a few serve many. */
  readonly connections?: number;
  /** After so many seconds without a request a connection is closed. */
  readonly idleSeconds?: number;
  /** A statement is broken off after so long. */
  readonly statementSeconds?: number;
  /** Requests under way or waiting; beyond that it is better to refuse at once. */
  readonly maxPending?: number;
}

/** The columns of a row as the bytes that PostgreSQL sent. */
export type RawRow = readonly (Buffer | null)[];

/** Runs statements that answer one row or none. */
export interface Session {
  answer(text: string, parameters: readonly (string | null)[], options: StatementOptions): Promise<RawRow | null>;
}

export interface StatementOptions {
  /** Kept by name on the connection, so that it is parsed and planned once. */
  readonly prepare: boolean;
}

type Runner = Pick<postgres.Sql, "unsafe">;

/**
 * One environment's PostgreSQL. Connections are opened when they are needed and closed when they idle, so that an
 * environment nobody asks costs none.
 */
export class Database implements Session {
  readonly #url: string;
  readonly #options: DatabaseOptions;
  readonly #maxPending: number;
  #opened: postgres.Sql | null = null;
  #pending = 0;

  constructor(url: string, options: DatabaseOptions = {}) {
    this.#url = url;
    this.#options = options;
    this.#maxPending = options.maxPending ?? 2000;
  }

  /** Requests under way or waiting for a connection. */
  get pending(): number {
    return this.#pending;
  }

  async answer(text: string, parameters: (string | null)[], options: StatementOptions): Promise<RawRow | null> {
    this.#enter();
    try {
      return await answer(this.#sql, text, { parameters, options });
    } finally {
      this.#pending -= 1;
    }
  }

  /** All that the work does happens or nothing. */
  async transaction<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    this.#enter();
    try {
      const result = await this.#sql.begin((sql) =>
        work({ answer: (text, parameters, options) => answer(sql, text, { parameters, options }) }),
      );
      return result as Result;
    } finally {
      this.#pending -= 1;
    }
  }

  /** Rows of a query of our own about the database itself. */
  async inspect(text: string, parameters: readonly (string | readonly string[])[]): Promise<readonly string[][]> {
    const texts = parameters.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
    const rows = await this.#sql.unsafe(text, texts, { prepare: false }).values();
    return rows.map((row) => row.map(String));
  }

  /** Ends the connections once the requests under way are answered. */
  async close(): Promise<void> {
    await this.#opened?.end({ timeout: 30 });
  }

  get #sql(): postgres.Sql {
    this.#opened ??= open(this.#url, this.#options);
    return this.#opened;
  }

  #enter(): void {
    if (this.#pending >= this.#maxPending) {
      throw new AppError("unavailable", "This app has more requests than it can serve. Try again in a moment.");
    }
    this.#pending += 1;
  }
}

function open(url: string, options: DatabaseOptions): postgres.Sql {
  const client = postgres(url, {
    max: options.connections ?? 5,
    idle_timeout: options.idleSeconds ?? 30,
    connect_timeout: 10,
    backoff: () => 0.2,
    prepare: true,
    fetch_types: false,
    types: asTheyAre,
    onnotice: () => {},
    connection: {
      application_name: "gantry-runtime",
      TimeZone: "UTC",
      DateStyle: "ISO, YMD",
      statement_timeout: 1000 * (options.statementSeconds ?? 15),
      idle_in_transaction_session_timeout: 20_000,
    },
  });
  return guardTransactions(client);
}

interface Call {
  readonly parameters: readonly (string | null)[];
  readonly options: StatementOptions;
}

async function answer(sql: Runner, text: string, { parameters, options }: Call): Promise<RawRow | null> {
  // Without `simple: false` the driver takes a statement without parameters for a script.
  const settings = { prepare: options.prepare, simple: false };
  const rows = await sql.unsafe(text, parameters as string[], settings).raw();
  return rows[0] ?? null;
}

/** Parameters are texts already; the driver would make dates, JSON and booleans into something else. */
const asTheyAre = Object.fromEntries(
  [16, 17, 114, 1082, 1114, 1184, 3802].map((oid) => [
    `type${oid}`,
    { to: oid, from: [oid], serialize: (text: string) => text, parse: (text: string) => text },
  ]),
);
