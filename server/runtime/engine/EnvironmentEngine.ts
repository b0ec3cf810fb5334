import type postgres from "postgres";
import type { Database } from "../exec/Database.ts";
import { addJobs } from "./addJobs.ts";
import type { Job } from "./Work.ts";

export interface EnvironmentEngineParts {
  readonly database: Database;
  /** Tells the engine of this process that there may be something to do. */
  readonly poke: () => void;
}

/** What an environment asks of the engine. Work that is kept is done by whichever runtime comes to it first. */
export class EnvironmentEngine {
  readonly #database: Database;
  /** There may be something to do now, for tasks or pumps; it costs next to nothing to say so again and again. */
  readonly poke: () => void;

  constructor({ database, poke }: EnvironmentEngineParts) {
    this.#database = database;
    this.poke = poke;
  }

  /** Keeps jobs; with a transaction of `Database.own` they are there when it is, and begun soon after its commit. */
  async add(jobs: readonly Job[], sql?: postgres.TransactionSql): Promise<void> {
    if (jobs.length === 0) return;
    if (!sql) return this.#database.own((own) => this.add(jobs, own));
    await addJobs(sql, jobs);
    this.#database.afterCommit(sql, this.poke);
  }
}
