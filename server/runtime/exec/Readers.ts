import type postgres from "postgres";
import { openClient } from "./openClient.ts";
import { type RawRow, runStatement, type StatementCall } from "./runStatement.ts";

export interface ReadersOptions {
  /** Connections at most. */
  readonly most: number;
  /** A statement is broken off after so long. */
  readonly statementSeconds: number;
  /** Nothing is put behind a statement that has been under way for so many ms (it may wait for a lock). */
  readonly stuck?: number;
}

/** The least time that a statement took of late, in ms; null before its first answer. */
export interface Pace {
  least: number | null;
}

/** A statement that takes longer, in ms, gets a connection for itself where one can be had. */
const long = 1;
/** One that failed after so many ms is a long one too. */
const tooLong = 1000;
/** Short statements share so many connections: fewer cost less, more wait less. */
const shared = 3;
/** So many of one turn of the event loop go out together. */
const together = 16;

/**
 * Connections for reads of one database. Short statements are pipelined: those that come in one turn of the event loop
 * go to the server in one packet, which is what a short statement costs most. Nothing waits behind a long one while
 * there is another connection.
 */
export class Readers {
  readonly #url: string;
  readonly #options: ReadersOptions;
  #readers: Reader[] = [];
  /** Connections with a statement under way, and the most there were. */
  #busy = 0;
  #mostBusy = 0;
  /** Where the statements of this turn go. */
  #current: Reader | null = null;

  constructor(url: string, options: ReadersOptions) {
    this.#url = url;
    this.#options = options;
  }

  /** Answers the first row, or null when there is none. */
  async answer(call: StatementCall, pace: Pace): Promise<RawRow | null> {
    const isLong = isLongOne(pace);
    const sent = performance.now();
    const reader = this.#choose(isLong, sent);
    if (reader.waiting === 0) {
      reader.busySince = sent;
      this.#busy += 1;
      if (this.#busy > this.#mostBusy) this.#mostBusy = this.#busy;
    }
    reader.waiting += 1;
    if (isLong) reader.long += 1;
    try {
      const row = await runStatement(reader.client, call);
      const now = performance.now();
      learn(pace, now - Math.max(sent, reader.answered));
      reader.answered = now;
      reader.busySince = now;
      return row;
    } catch (error) {
      const took = performance.now() - Math.max(sent, reader.answered);
      if (took > tooLong) learn(pace, took);
      throw error;
    } finally {
      reader.waiting -= 1;
      if (reader.waiting === 0) this.#busy -= 1;
      if (isLong) reader.long -= 1;
    }
  }

  /** The most connections that were in use at once since the last call. */
  takePeak(): number {
    const most = this.#mostBusy;
    this.#mostBusy = this.#busy;
    return most;
  }

  /** A connection for a query of another kind. */
  get client(): postgres.Sql {
    return this.#choose(false, performance.now()).client;
  }

  /** Ends the connections that were not used since the last call, or at once all that nobody waits for. */
  async closeIdle({ atOnce = false } = {}): Promise<void> {
    const idle = this.#readers.filter((reader) => reader.waiting === 0 && (atOnce || !reader.usedSince));
    for (const reader of this.#readers) reader.usedSince = false;
    await this.#end(idle);
  }

  /** Ends the connections once the statements under way are answered. */
  async close(): Promise<void> {
    await this.#end(this.#readers);
  }

  async #end(readers: readonly Reader[]): Promise<void> {
    this.#readers = this.#readers.filter((reader) => !readers.includes(reader));
    this.#current = null;
    await Promise.all(readers.map(({ client }) => client.end({ timeout: 30 })));
  }

  #choose(isLong: boolean, now: number): Reader {
    const reader = isLong ? this.#quiet() : this.#forThisTurn(now);
    reader.usedSince = true;
    return reader;
  }

  #forThisTurn(now: number): Reader {
    if (this.#current && this.#current.waiting < together) return this.#current;
    if (!this.#current) setImmediate(this.#endTurn);
    this.#current = this.#quick(now);
    return this.#current;
  }

  readonly #endTurn = () => {
    this.#current = null;
  };

  /** For a short statement: where nothing long is under way. */
  #quick(now: number): Reader {
    const { stuck = 50 } = this.#options;
    const quick = this.#readers.filter(
      ({ long, waiting, busySince }) => long === 0 && (waiting === 0 || now - busySince <= stuck),
    );
    const best = leastWaiting(quick);
    if (best && (best.waiting === 0 || quick.length >= shared)) return best;
    return this.#open() ?? best ?? this.#least();
  }

  /** For a long one: where nothing is under way. */
  #quiet(): Reader {
    const idle = this.#readers.find(({ waiting }) => waiting === 0);
    return idle ?? this.#open() ?? this.#least();
  }

  #least(): Reader {
    const least = leastWaiting(this.#readers);
    if (!least) throw new Error("A database needs at least one connection.");
    return least;
  }

  /** Null when there are as many as there may be. */
  #open(): Reader | null {
    const { most, statementSeconds } = this.#options;
    if (this.#readers.length >= most) return null;
    const client = openClient(this.#url, { connections: 1, statementSeconds });
    const reader: Reader = { client, waiting: 0, long: 0, answered: 0, busySince: 0, usedSince: true };
    this.#readers.push(reader);
    return reader;
  }
}

/** Whether a statement is known to take long. */
export function isLongOne({ least }: Pace): boolean {
  return least !== null && least > long;
}

/** One connection. */
interface Reader {
  readonly client: postgres.Sql;
  /** Statements that are not answered yet, and the long ones of them. */
  waiting: number;
  long: number;
  /** When the last one was answered. */
  answered: number;
  /** Since when its next answer has been under way. */
  busySince: number;
  usedSince: boolean;
}

function leastWaiting(readers: readonly Reader[]): Reader | null {
  let least: Reader | null = null;
  for (const reader of readers) if (!least || reader.waiting < least.waiting) least = reader;
  return least;
}

/** One fast answer tells more than many slow ones, which may have waited for this process; it is forgotten slowly. */
function learn(pace: Pace, took: number): void {
  pace.least = pace.least === null ? took : Math.min(took, pace.least * 1.05 + 0.001);
}
