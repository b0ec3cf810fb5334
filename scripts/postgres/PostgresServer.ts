import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { Failure } from "../Failure.ts";
import { serverAccount } from "./Account.ts";
import { postgresBinaries } from "./binaries.ts";
import { explain } from "./explain.ts";
import { initialise, isInitialised, serverEnvironment, superuser } from "./initialise.ts";
import { stopLeftover } from "./leftover.ts";

export interface PostgresOptions {
  /** The cluster's files; made where missing. */
  readonly folder: string;
  readonly port: number;
  /** The superuser's; only the one the cluster was made with opens it. */
  readonly password: string;
  /** False for servers whose data may be lost: no fsync, faster. */
  readonly durable: boolean;
  readonly maxConnections: number;
  /** Every line that the server logs. */
  readonly onLog?: (line: string) => void;
}

/** A PostgreSQL of our own that listens on 127.0.0.1 only. */
export interface PostgresServer {
  readonly process: ChildProcess;
  /** The superuser's address of one database. */
  url(database?: string): string;
  /** Ends sessions and stops within seconds; safe to call twice. */
  stop(): Promise<void>;
}

/** Starts the server, making its cluster first where there is none and stopping one that a killed parent left behind. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const account = serverAccount();
  const { postgres, initdb } = await postgresBinaries(account);
  if (await isInitialised(options.folder)) {
    await stopLeftover(options.folder);
  } else {
    await mkdir(dirname(options.folder), { recursive: true });
    await initialise({ initdb, account, ...options });
  }
  const child = spawn(postgres, parameters(options), {
    ...account,
    cwd: "/",
    env: serverEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
    // In a group of its own, so that Ctrl-C reaches the launcher only and the order of stopping is ours.
    detached: true,
  });
  await ready(child, options);
  return {
    process: child,
    url: (database = "postgres") =>
      `postgres://${superuser}:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${database}`,
    stop: () => stop(child),
  };
}

function parameters({ folder, port, durable, maxConnections }: PostgresOptions): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: maxConnections,
    shared_buffers: "256MB",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    // The disk is everybody's: no session fills it with what it sorts, as a hostile dump would.
    temp_file_limit: "4GB",
    // Planning many small statements costs more with it than it ever saves.
    jit: "off",
    ...(durable
      ? {}
      : {
          fsync: "off",
          synchronous_commit: "off",
          full_page_writes: "off",
          autovacuum: "off",
          deadlock_timeout: "50ms",
        }),
  };
  return ["-D", folder, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

function ready(
  child: ChildProcess & { stderr: NodeJS.ReadableStream },
  { port, onLog }: PostgresOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      onLog?.(line);
      if (said.length < 100) said.push(line);
      if (line.includes("ready to accept connections")) resolve();
    });
    child.once("error", (cause) => reject(new Failure("PostgreSQL could not be run.", { cause })));
    child.once("close", () => {
      const text = said.join("\n");
      const busy = /could not bind|Address already in use/i.test(text);
      reject(
        new Failure(
          busy
            ? `Port ${port} was taken before PostgreSQL could have it: start again.`
            : explain("PostgreSQL does not start", text),
        ),
      );
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  // SIGINT is the fast way: sessions are ended and everything is written. SIGQUIT leaves that to the next start.
  child.kill("SIGINT");
  const impatient = setTimeout(() => child.kill("SIGQUIT"), 15_000);
  await exit;
  clearTimeout(impatient);
}
