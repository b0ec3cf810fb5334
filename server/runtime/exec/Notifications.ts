import postgres from "postgres";

export interface NotificationParts {
  readonly url: string;
  readonly channel: string;
  readonly onNotice: () => void;
  /** The connection is gone; it is not opened again by itself. */
  readonly onLost: () => void;
}

/** A connection of its own on which a database tells that something has happened. */
export class Notifications {
  readonly #client: postgres.Sql;
  readonly #channel: string;
  #isClosed = false;

  constructor({ url, channel, onNotice, onLost }: NotificationParts) {
    this.#channel = channel;
    const options = {
      max: 1,
      connect_timeout: 10,
      idle_timeout: 0,
      // Postgres.js takes null for never, though its types do not say so.
      max_lifetime: null,
      keep_alive: 20,
      fetch_types: false,
      onnotice: () => {},
      // In the driver, though not in its types.
      onnotify: () => onNotice(),
      onclose: () => {
        if (!this.#isClosed) onLost();
      },
      connection: { application_name: "gantry-runtime", statement_timeout: 10_000 },
    };
    this.#client = postgres(url, options as unknown as postgres.Options<Record<string, never>>);
  }

  /** Settles once nothing that happens is missed any more. */
  async listen(): Promise<void> {
    await this.#client.unsafe(`LISTEN "${this.#channel}"`);
  }

  /** A statement of our own on this connection; rejects where the connection is gone without a word. */
  async run(text: string): Promise<void> {
    await this.#client.unsafe(text);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#client.end({ timeout: 1 });
  }
}
