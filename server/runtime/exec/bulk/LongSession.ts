import type postgres from "postgres";
import type { Session } from "../Database.ts";
import { queryOf, type RawRow, runStatement, type StatementCall } from "../runStatement.ts";

const cursor = "gantry_rows";

/** One transaction of many statements. */
export class LongSession implements Session {
  #sql: postgres.TransactionSql;
  #savepoints = 0;
  #current: { cancel(): void } | null = null;

  constructor(sql: postgres.TransactionSql) {
    this.#sql = sql;
  }

  answer(call: StatementCall): Promise<RawRow | null> {
    return runStatement(this.#sql, call);
  }

  /** Does the work; where it fails, that alone is undone and the transaction goes on. */
  async attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    const outer = this.#sql;
    // As the driver names them.
    const name = `s${this.#savepoints}`;
    this.#savepoints += 1;
    try {
      const result = await outer.savepoint((inner) => {
        this.#sql = inner;
        return work();
      });
      return result as Result;
    } finally {
      this.#sql = outer;
      // Without this they would lie in each other, as many as there are.
      await outer.unsafe(`release savepoint ${name}`).catch(() => {});
    }
  }

  /** Begins to read the rows of a statement; a transaction reads one. */
  async open({ text, parameters }: Pick<StatementCall, "text" | "parameters">): Promise<void> {
    await this.#run({ text: `declare ${cursor} no scroll cursor for ${text}`, parameters, prepare: false });
  }

  /** The next rows; fewer than asked for when there are no more. */
  fetch(rows: number): Promise<readonly RawRow[]> {
    return this.#run({ text: `fetch ${Math.floor(rows)} from ${cursor}`, parameters: [], prepare: false });
  }

  /** Breaks off what is under way of reading rows. */
  cancel(): void {
    this.#current?.cancel();
  }

  async #run(call: StatementCall): Promise<readonly RawRow[]> {
    const running = queryOf(this.#sql, call);
    this.#current = running;
    try {
      return await running;
    } finally {
      this.#current = null;
    }
  }
}
