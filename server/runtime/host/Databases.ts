import { Database, type DatabaseOptions } from "../exec/Database.ts";

/** The databases in use by their addresses; a new release on the same database goes on with the same connections. */
export class Databases {
  readonly #options: DatabaseOptions;
  readonly #databases = new Map<string, { readonly database: Database; users: number }>();

  constructor(options: DatabaseOptions = {}) {
    this.#options = options;
  }

  take(url: string): Database {
    const entry = this.#databases.get(url) ?? { database: new Database(url, this.#options), users: 0 };
    entry.users += 1;
    this.#databases.set(url, entry);
    return entry.database;
  }

  /** Ends the connections when nobody else uses them and what is under way is done. */
  async release(url: string): Promise<void> {
    const entry = this.#databases.get(url);
    if (!entry) return;
    entry.users -= 1;
    if (entry.users > 0) return;
    this.#databases.delete(url);
    await entry.database.close();
  }
}
