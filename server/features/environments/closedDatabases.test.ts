import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { expect, test, vi } from "vitest";
import { freePort } from "#scripts/freePort.ts";
import { ownDatabase } from "#scripts/postgres/ownDatabase.ts";
import { startPostgres } from "#scripts/postgres/PostgresServer.ts";
import { testSettings } from "#tests/support/settings.ts";
import { databaseAddress } from "./databaseAddress.ts";
import { provisionDatabase, removeDatabase } from "./provision.ts";

async function ask(url: string): Promise<readonly object[]> {
  const sql = postgres(url, { max: 1 });
  try {
    return await sql`select current_database() as name`;
  } finally {
    await sql.end();
  }
}

test("on a server of our own an environment's role gets into its own database and into no other", async () => {
  const folder = await mkdtemp(join(tmpdir(), "closed-databases-"));
  await chmod(folder, 0o711);
  const server = await startPostgres({
    folder: join(folder, "postgres"),
    port: await freePort(),
    password: "secret",
    durable: false,
    maxConnections: 20,
  });
  try {
    const settings = testSettings({ DATABASE_URL: await ownDatabase(server, "platform") });
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
    const [one, two] = [
      { name: "env_00000000000a", password: "one" },
      { name: "env_00000000000b", password: "two" },
    ];
    await provisionDatabase(one);
    await provisionDatabase(two);
    expect(await ask(databaseAddress(one.name, one))).toEqual([{ name: one.name }]);
    for (const name of ["gantry", "postgres", "template1", two.name]) {
      await expect(ask(databaseAddress(name, one))).rejects.toThrow(`permission denied for database "${name}"`);
    }
    await removeDatabase(one.name);
  } finally {
    vi.unstubAllEnvs();
    await server.stop();
    await rm(folder, { recursive: true });
  }
});
