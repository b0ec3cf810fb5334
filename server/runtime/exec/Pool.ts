import type postgres from "postgres";
import { type ClientOptions, openClient } from "./openClient.ts";

/** Connections of one kind to one database, opened when they are first needed and again after they were put away. */
export class Pool {
  readonly #url: string;
  readonly #options: ClientOptions;
  #client: postgres.Sql | null = null;
  #usedSince = false;

  constructor(url: string, options: ClientOptions) {
    this.#url = url;
    this.#options = options;
  }

  get client(): postgres.Sql {
    this.#usedSince = true;
    this.#client ??= openClient(this.#url, this.#options);
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
