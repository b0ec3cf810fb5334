import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#scripts/freePort.ts";
import { serverAccount } from "#scripts/postgres/Account.ts";
import { startPostgres } from "#scripts/postgres/PostgresServer.ts";

export interface BenchServer extends AsyncDisposable {
  /** The superuser's address of the database `postgres`. */
  readonly url: string;
  readonly pid: number;
}

/** A PostgreSQL as `npm start` runs it, durability on, on a folder of its own that goes away with it. */
export async function startBenchServer(): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), "gantry-bench-"));
  if (serverAccount().uid !== undefined) await chmod(folder, 0o755);
  const server = await startPostgres({
    folder: join(folder, "postgres"),
    port: await freePort(),
    password: randomBytes(16).toString("hex"),
    durable: true,
    maxConnections: 200,
  });
  const pid = Number((await readFile(join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);
  return {
    url: server.url(),
    pid,
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
