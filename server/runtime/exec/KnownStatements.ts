import type { Pace } from "./Readers.ts";
import type { CachedStatement } from "./StatementCache.ts";

/** So many statements are kept prepared on a connection: each costs memory there until the connection ends. */
const maxPrepared = 200;
/** And so many more for each resource: those that every app asks again and again. */
const preparedEach = 2;
/** By then every connection has been replaced (the driver does so after at most an hour). */
const renewAfter = 60 * 60 * 1000;

/**
 * What is known of statements on one database: which are worth preparing, so that nobody can fill it up with shapes, and
 * how long they take.
 */
export class KnownStatements {
  readonly #paces = new WeakMap<CachedStatement, Pace>();
  readonly #most: number;
  #statements = new Set<CachedStatement>();
  #since = Date.now();

  constructor(resources = 0) {
    this.#most = maxPrepared + preparedEach * resources;
  }

  pace(statement: CachedStatement): Pace {
    let pace = this.#paces.get(statement);
    if (!pace) {
      pace = { least: null };
      this.#paces.set(statement, pace);
    }
    return pace;
  }

  isWorthPreparing(statement: CachedStatement): boolean {
    if (this.#statements.has(statement)) return true;
    statement.uses += 1;
    if (statement.uses < 2) return false;
    if (this.#statements.size >= this.#most) {
      if (Date.now() - this.#since < renewAfter) return false;
      this.#statements = new Set();
      this.#since = Date.now();
    }
    this.#statements.add(statement);
    return true;
  }
}
