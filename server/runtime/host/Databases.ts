import { guardDatabase } from "../egress/guardedPorts.ts";
import { Database, type DatabaseOptions } from "../exec/Database.ts";
import { logDefect } from "../log.ts";

/** How often connections that idle are looked for; they are put away when they did nothing all that time. */
const sweepSeconds = 30;

/** The databases in use by their addresses; a new release on the same database goes on with the same connections. */
export class Databases {
  readonly #options: DatabaseOptions;
  readonly #databases = new Map<string, { readonly database: Database; users: number }>();
  readonly #sweeper: NodeJS.Timeout;

  constructor(options: DatabaseOptions = {}) {
    this.#options = options;
    this.#sweeper = setInterval(() => this.sweep(), 1000 * sweepSeconds);
    this.#sweeper.unref();
  }

  take(url: string): Database {
    guardDatabase(url);
    const entry = this.#databases.get(url) ?? { database: this.#open(url), users: 0 };
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

  sweep(): void {
    for (const { database } of this.#databases.values()) {
      database.closeIdle().catch((error: unknown) => logDefect("Idle connections could not be ended.", error));
    }
  }

  stop(): void {
    clearInterval(this.#sweeper);
  }

  #open(url: string): Database {
    const makeRoom = async () => {
      await Promise.all([...this.#databases.values()].map(({ database }) => database.closeIdle({ atOnce: true })));
    };
    return new Database(url, { ...this.#options, makeRoom });
  }
}
