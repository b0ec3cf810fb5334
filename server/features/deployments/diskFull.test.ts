import { spawnSync } from "node:child_process";
import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sources } from "#lib/model/sources.ts";
import { serverAccount } from "#scripts/postgres/Account.ts";
import { type AdminServer, startAdminServer } from "#server/deploy/testing/startAdminServer.ts";
import { testServerVariable } from "#tests/support/postgres.ts";
import { asEnvironmentOwner } from "../environments/service.ts";
import { type Stage, startStage } from "./testing/startStage.ts";

/** Answers the exit code. */
const shell = (command: string) => spawnSync("sh", ["-c", command]).status;

/** A disk of 4 MB of its own; null where this process may not mount one. */
async function smallDisk() {
  const folder = await mkdtemp(join(tmpdir(), "gantry-small-disk-"));
  const mounted = shell(`mount -t tmpfs -o size=4m tmpfs ${folder}`) === 0;
  if (!mounted) await rm(folder, { recursive: true });
  return mounted ? folder : null;
}

const disk = await smallDisk();

let stage: Stage<AdminServer>;
let server: postgres.Sql;

beforeAll(async () => {
  stage = await startStage(await startAdminServer());
  server = postgres(process.env[testServerVariable] ?? "", { max: 1, onnotice: () => {} });
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  if (disk) {
    await server`drop tablespace if exists small_disk`;
    shell(`umount ${disk}`);
    await rm(disk, { recursive: true, force: true });
  }
  await server.end();
});

const shop = (more: string): Sources => ({
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Shop" });\n`,
  "domain/order.ts": `import { resource, text } from "gantry";
export default resource("Order", { attributes: { code: text(), ${more} } });
`,
  "seeds/order.json": JSON.stringify([{ code: "A" }]),
});

const wider: Sources = {
  ...shop("note: text({ unique: true })"),
  "domain/line.ts": `import { resource, text } from "gantry";
export default resource("Line", { attributes: { name: text({ unique: true }) } });
`,
};

// Only who may mount can have a disk that is really full.
test.skipIf(disk === null)(
  "a disk that fills in the middle of a deploy: a reason, nothing half done, and the next one goes on",
  async () => {
    const project = await stage.project(shop("total: text()"));
    expect(await project.deploy()).toMatchObject({ state: "live", release: 1 });
    const { uid, gid } = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, ...serverAccount() };
    await chown(disk ?? "", uid, gid);
    const { databaseName } = await project.environment();
    await server.unsafe(`create tablespace small_disk location '${disk}'`);
    await server.unsafe("grant create on tablespace small_disk to public");
    // What is new from now on is made there.
    await server.unsafe(`alter database "${databaseName}" set default_tablespace = small_disk`);
    const ballast = join(disk ?? "", "ballast");
    await writeFile(ballast, Buffer.alloc(4 * 1024 * 1024 - 8 * 4096)).catch(() => {});
    const full = shell(`cat /dev/zero > ${ballast}.more`);
    expect(full).not.toBe(0);

    await project.commit(wider);
    expect(await project.deploy()).toMatchObject({
      state: "failed",
      release: 2,
      failure: { step: "apply", code: "unavailable", message: expect.stringContaining("The disk is full.") },
    });
    expect((await project.environment()).release).toBe(1);
    expect(stage.runtime.serving.get(project.environmentId)?.release).toBe(1);
    const rows = await asEnvironmentOwner(project.environmentId, async (sql) => [
      ...(await sql`select code from orders`),
    ]);
    expect(rows).toEqual([{ code: "A" }]);

    shell(`rm ${ballast} ${ballast}.more`);
    expect(await project.deploy()).toMatchObject({ state: "live", release: 3, failure: null });
    const tables = await asEnvironmentOwner(project.environmentId, async (sql) => [
      ...(await sql`select * from lines`),
    ]);
    expect(tables).toEqual([]);
  },
  60_000,
);
