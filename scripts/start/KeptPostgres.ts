import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Failure } from "../Failure.ts";
import { type PostgresOptions, type PostgresServer, startPostgres } from "../postgres/PostgresServer.ts";
import type { Report } from "./report.ts";

export interface Keeping {
  readonly options: PostgresOptions;
  readonly report: Report;
  readonly onGiveUp: (failure: Failure) => void;
}

const attempts = 5;

/** The embedded PostgreSQL of an instance, started again when something ends it. */
export class KeptPostgres {
  readonly #keeping: Keeping;
  readonly #stopping = new AbortController();
  #server: PostgresServer;

  private constructor(keeping: Keeping, server: PostgresServer) {
    this.#keeping = keeping;
    this.#server = server;
    void this.#keep();
  }

  static async start(keeping: Keeping): Promise<KeptPostgres> {
    return new KeptPostgres(keeping, await startPostgres(keeping.options));
  }

  get server(): PostgresServer {
    return this.#server;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#server.stop();
  }

  /** Ends it at once; what was committed is recovered at the next start. */
  kill(): void {
    this.#stopping.abort();
    this.#server.process.kill("SIGQUIT");
  }

  async #keep(): Promise<void> {
    const { signal } = this.#stopping;
    for (;;) {
      const { process } = this.#server;
      if (process.exitCode === null && process.signalCode === null) await once(process, "exit");
      if (signal.aborted) return;
      this.#keeping.report.notice("PostgreSQL: ended unexpectedly; it starts again.");
      const server = await this.#again(signal);
      if (!server) return;
      this.#server = server;
      if (signal.aborted) await server.stop();
    }
  }

  /** Sessions of the old server may hold its memory for a moment, so the first attempts may fail. */
  async #again(signal: AbortSignal): Promise<PostgresServer | undefined> {
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        return await startPostgres(this.#keeping.options);
      } catch (error) {
        if (attempt === attempts) {
          this.#keeping.onGiveUp(
            error instanceof Failure ? error : new Failure("PostgreSQL does not start again.", { cause: error }),
          );
          return undefined;
        }
        await delay(250 * 2 ** attempt, undefined, { signal }).catch(() => {});
      }
    }
    return undefined;
  }
}
