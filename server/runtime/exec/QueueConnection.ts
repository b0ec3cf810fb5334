import pg from "pg";

export interface QueueConnectionParts {
  readonly url: string;
  /** Something was told on one of these channels. */
  readonly channels: readonly string[];
  readonly onNotice: () => void;
  /** The connection is gone; whatever runs on it fails. */
  readonly onLost: () => void;
}

/**
 * The one connection by which an environment's jobs are taken, listened for and ended, and which shows others that its
 * worker lives. The library would like a pool of several: it is given one whose clients take turns.
 */
export class QueueConnection {
  readonly #client: pg.Client;
  #turn: Promise<unknown> = Promise.resolve();
  #isEnded = false;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open({ url, channels, onNotice, onLost }: QueueConnectionParts): Promise<QueueConnection> {
    const client = new pg.Client({
      connectionString: url,
      application_name: "gantry-runtime",
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      statement_timeout: 15_000,
    });
    const connection = new QueueConnection(client);
    client.on("error", () => {});
    client.on("end", () => {
      if (!connection.#isEnded) onLost();
    });
    client.on("notification", ({ channel }) => {
      if (channels.includes(channel)) onNotice();
    });
    await client.connect();
    try {
      for (const channel of channels) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      await connection.close();
      throw error;
    }
    return connection;
  }

  query<Row extends pg.QueryResultRow>(
    given: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>> {
    const turn = this.#turn.then(() => this.#client.query<Row>(given, values));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** As much of a pool as the library uses: it asks for clients, and for one to listen with. */
  get pool(): pg.Pool {
    const client = {
      query: (given: string | pg.QueryConfig, values?: unknown[]) => this.query(given, values),
      // Errors are the end of this connection, and told as such.
      on: (event: string, listener: (...values: unknown[]) => void) => {
        if (event === "notification") this.#client.on("notification", listener);
      },
      removeListener: (event: string, listener: (...values: unknown[]) => void) => {
        if (event === "notification") this.#client.removeListener("notification", listener);
      },
      release: () => {},
    };
    const connect = (listen?: (error: undefined, given: typeof client, release: () => void) => void) => {
      if (!listen) return Promise.resolve(client);
      queueMicrotask(() => listen(undefined, client, () => {}));
      return undefined;
    };
    return { connect } as unknown as pg.Pool;
  }

  async close(): Promise<void> {
    this.#isEnded = true;
    // A server that is gone says no goodbye.
    await Promise.race([
      this.#client.end().catch(() => {}),
      new Promise((resolve) => setTimeout(resolve, 1000).unref()),
    ]);
  }
}
