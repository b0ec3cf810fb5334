import { AppError } from "#lib/errors/AppError.ts";
import { failureKind } from "../failureKinds.ts";
import { Pool } from "../Pool.ts";
import { LongSession } from "./LongSession.ts";

/** How many there may be at once in one database; whoever comes then is told to come again. */
const most = 4;
/** A batch of rows takes far less; the first rows of a sorted list may take a while. */
const statementSeconds = 60;
/** Between two batches of someone who sends or takes rows slowly. */
const idleSeconds = 90;

export type LongWork<Result> = (session: LongSession) => Promise<Result>;

/** Runs one transaction. */
export type RunLong = <Result>(work: LongWork<Result>) => Promise<Result>;

/** Transactions of many statements over connections of their own, opened when they are needed. */
export class LongTransactions {
  readonly #pool: Pool;
  readonly #makeRoom: () => Promise<void>;
  #running = 0;

  constructor(url: string, makeRoom: () => Promise<void>) {
    this.#pool = new Pool(url, { connections: most, statementSeconds, idleSeconds });
    this.#makeRoom = makeRoom;
  }

  get running(): number {
    return this.#running;
  }

  /** All that the work does happens or nothing. */
  run<Result>(work: LongWork<Result>): Promise<Result> {
    return this.#placed(() => this.#begin("", work));
  }

  /** Changes nothing, and sees the database as it is when the work begins. */
  read<Result>(work: LongWork<Result>): Promise<Result> {
    return this.#placed(() => this.#begin("isolation level repeatable read read only", work));
  }

  /** Several transactions, one after the other, of somebody who is not refused in between. */
  series<Result>(work: (run: RunLong) => Promise<Result>): Promise<Result> {
    return this.#placed(() => work((inner) => this.#begin("", inner)));
  }

  async closeIdle({ atOnce }: { readonly atOnce: boolean }): Promise<void> {
    if (this.#running === 0 && (this.#pool.isUnused() || atOnce)) await this.#pool.close();
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #placed<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= most) {
      const message = "This app reads and writes as many tables at once as it can. Try again in a moment.";
      throw new AppError("unavailable", message);
    }
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
    }
  }

  async #begin<Result>(how: string, work: LongWork<Result>): Promise<Result> {
    let isBegun = false;
    const begin = async () => {
      const result = await this.#pool.client.begin(how, (sql) => {
        isBegun = true;
        return work(new LongSession(sql));
      });
      return result as Result;
    };
    return begin().catch(async (error: unknown) => {
      if (isBegun || failureKind(error) !== "full") throw error;
      await this.#makeRoom();
      return begin();
    });
  }
}
