import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#scripts/freePort.ts";
import { serverAccount } from "#scripts/postgres/Account.ts";
import { stopLeftover } from "#scripts/postgres/leftover.ts";
import { startPostgres } from "#scripts/postgres/PostgresServer.ts";
import { commandLine, isAlive } from "#scripts/processes.ts";

const prefix = "gantry-test-postgres-";

export interface TestServer extends AsyncDisposable {
  /** The superuser's address of the database `postgres`. */
  readonly url: string;
}

/** A PostgreSQL for one run of the tests: made new in the temporary folder, gone afterwards, durability off. */
export async function startTestServer(): Promise<TestServer> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), prefix));
  if (serverAccount().uid !== undefined) await chmod(folder, 0o755);
  await writeFile(join(folder, "owner"), String(process.pid));
  const server = await startPostgres({
    folder: join(folder, "postgres"),
    port: await freePort(),
    password: randomBytes(16).toString("hex"),
    durable: false,
    maxConnections: 400,
  });
  return {
    url: server.url(),
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Removes what runs that were killed left behind. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    const owner = Number(await readFile(join(folder, "owner"), "utf8").catch(() => "0"));
    // Without an owner it may be in the making; the temporary folder's own cleaning takes care of those.
    if (owner === 0 || (isAlive(owner) && commandLine(owner).includes("node"))) continue;
    await stopLeftover(join(folder, "postgres"));
    await rm(folder, { recursive: true, force: true });
  }
}
