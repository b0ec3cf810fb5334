import type { AddressInfo } from "node:net";
import postgres from "postgres";
import { guardTransactions } from "#lib/sql/guardTransactions.ts";
import { Application } from "./Application.ts";
import { DriverLock } from "./DriverLock.ts";
import type { EngineOptions } from "./Engine.ts";
import { Engine } from "./Engine.ts";
import { createIntake } from "./intake.ts";

export interface DriverOptions extends Pick<EngineOptions, "log" | "retryDelay" | "parallel"> {
  readonly databaseUrl: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where the application serves its functions: `http://127.0.0.1:3000/api/inngest`. */
  readonly serveUrl: string;
  readonly eventKey: string;
  readonly signingKey: string;
}

export interface Driver {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the embedded job driver on the loopback interface. Answers when it takes events. */
export async function startDriver({ databaseUrl, port, serveUrl, ...options }: DriverOptions): Promise<Driver> {
  const sql = guardTransactions(postgres(databaseUrl, { max: 10, backoff: () => 0.2, onnotice: () => {} }));
  const application = new Application(serveUrl, options.signingKey);
  const lock = new DriverLock(databaseUrl);
  const engine = new Engine({ ...options, sql, lock, application });
  const server = createIntake({ ...options, sql, engine });
  try {
    const listening = Promise.withResolvers<void>();
    server.once("error", listening.reject);
    server.listen(port, "127.0.0.1", listening.resolve);
    await listening.promise;
    await engine.start();
  } catch (cause) {
    server.close();
    await Promise.all([lock.release(), sql.end({ timeout: 1 })]);
    throw cause;
  }
  return {
    url: `http://127.0.0.1:${addressOf(server.address()).port}`,
    async stop() {
      server.close();
      server.closeIdleConnections();
      await engine.stop();
      application.close();
      server.closeAllConnections();
      await sql.end({ timeout: 5 });
    },
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address;
}
