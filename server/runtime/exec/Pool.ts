import postgres from "postgres";
import { guardTransactions } from "#lib/sql/guardTransactions.ts";

export interface PoolOptions {
  readonly connections: number;
  /** A statement is broken off after so long. */
  readonly statementSeconds: number;
}

/** Connections of one kind to one database, opened when they are first needed and again after they were put away. */
export class Pool {
  readonly #url: string;
  readonly #options: PoolOptions;
  #client: postgres.Sql | null = null;
  #usedSince = false;

  constructor(url: string, options: PoolOptions) {
    this.#url = url;
    this.#options = options;
  }

  get client(): postgres.Sql {
    this.#usedSince = true;
    this.#client ??= open(this.#url, this.#options);
    return this.#client;
  }

  /** True when nobody asked for the client since the last call; a timer for each statement would cost more. */
  isUnused(): boolean {
    const unused = !this.#usedSince;
    this.#usedSince = false;
    return unused;
  }

  /** Ends the connections once the statements under way are answered. */
  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.end({ timeout: 30 });
  }
}

function open(url: string, { connections, statementSeconds }: PoolOptions): postgres.Sql {
  const client = postgres(url, {
    max: connections,
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
      IntervalStyle: "iso_8601",
      statement_timeout: 1000 * statementSeconds,
      idle_in_transaction_session_timeout: 20_000,
    },
  });
  return guardTransactions(client);
}

/** Parameters are texts already; the driver would make dates, JSON and booleans into something else. */
const asTheyAre = Object.fromEntries(
  [16, 17, 114, 1082, 1114, 1184, 3802].map((oid) => [
    `type${oid}`,
    { to: oid, from: [oid], serialize: (text: string) => text, parse: (text: string) => text },
  ]),
);
