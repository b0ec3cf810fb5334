import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backups } from "#db/schema/backups.ts";
import { environmentSecrets } from "#db/schema/environmentSecrets.ts";
import { environments } from "#db/schema/environments.ts";
import * as schema from "#db/schema/index.ts";
import { projects } from "#db/schema/projects.ts";
import { Keyring } from "#server/secrets/Keyring.ts";
import { reseal, sealedColumns } from "#server/secrets/reseal.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { Random } from "#tests/support/Random.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { loadSecrets, renewSecrets, retireSecrets } from "../start/secrets.ts";

const [older, newer] = [randomBytes(32).toString("hex"), randomBytes(32).toString("hex")];
const [before, both, after] = [new Keyring([older]), new Keyring([newer, older]), new Keyring([newer])];
const program = fileURLToPath(new URL("./main.ts", import.meta.url));

let plane: TestControlPlane;
let environmentId: string;
beforeAll(async () => {
  plane = await testControlPlane({ GANTRY_SECRET: older });
  await plane.person("Ada");
  const [home] = await plane.db.select().from(schema.organisations);
  const [project] = await plane.db
    .insert(projects)
    .values({ organisationId: home?.id ?? "", slug: "engine", name: "Engine", origin: "blank", state: "ready" })
    .returning();
  const storage = { endpoint: "https://s3.example", region: "x", bucket: "b", accessKeyId: "a" };
  const sealedStorage = { ...storage, secretAccessKeySealed: before.seal("s3") };
  const projectId = project?.id ?? "";
  const [environment] = await plane.db
    .insert(environments)
    .values({
      ...{ projectId, name: "production", branch: "main", label: "engine" },
      databaseUrlSealed: before.seal("url"),
      backups: { cron: null, keepDays: 3, storage: sealedStorage },
    })
    .returning();
  environmentId = environment?.id ?? "";
  await plane.db.insert(backups).values({
    ...{ projectId, environmentId, environmentName: "production", reason: "hand", state: "done" },
    ...{ storage: sealedStorage, keySealed: before.seal("key") },
  });
});
afterAll(() => plane[Symbol.asyncDispose]());

async function keepSecrets(count: number): Promise<void> {
  await plane.db.delete(environmentSecrets);
  const rows = Array.from({ length: count }, (_, at) => ({
    ...{ environmentId, name: `S${at}`, setAt: new Date() },
    valueSealed: before.seal(`value ${at}`),
  }));
  await plane.db.insert(environmentSecrets).values(rows);
}

async function expectAllNew(count: number): Promise<void> {
  const rows = await plane.db.select().from(environmentSecrets);
  expect(rows).toHaveLength(count);
  for (const { name, valueSealed } of rows) expect(after.unseal(valueSealed)).toBe(`value ${name.slice(1)}`);
  const [environment] = await plane.db.select().from(environments);
  expect(after.unseal(environment?.databaseUrlSealed ?? "")).toBe("url");
  expect(environment?.mailSealed).toBeNull();
  const sealed = environment?.backups?.storage;
  expect(after.unseal(sealed?.secretAccessKeySealed ?? "")).toBe("s3");
  expect(environment?.backups).toMatchObject({ cron: null, keepDays: 3, storage: { bucket: "b" } });
  const [backup] = await plane.db.select().from(backups);
  expect(after.unseal(backup?.keySealed ?? "")).toBe("key");
  expect(after.unseal(backup?.storage?.secretAccessKeySealed ?? "")).toBe("s3");
}

test("every column that is named so is sealed anew, and those within JSON are known", async () => {
  const places = sealedColumns();
  for (const { key } of places) expect(key.length).toBeGreaterThan(0);
  const [row] = await plane.db.execute<{ names: string[] }>(sql`
    select array_agg(table_name || '.' || column_name order by 1) as names from information_schema.columns
    where table_schema = 'public' and column_name like '%sealed%'`);
  const plain = places.filter(({ path }) => path === null);
  expect(plain.map(({ table, column }) => `${table}.${column}`).sort()).toEqual([...(row?.names ?? [])].sort());
  // What the types of JSON columns call sealed, besides the columns themselves.
  const members = new Set<string>();
  const folder = new URL("../../db/schema/", import.meta.url);
  for (const { path } of places) if (path) members.add(path.at(-1) ?? "");
  const { readdir } = await import("node:fs/promises");
  for (const file of await readdir(folder)) {
    const text = await readFile(new URL(file, folder), "utf8");
    for (const [, member = ""] of text.matchAll(/^\s*readonly (\w*[sS]ealed)\??:/gm)) expect(members).toContain(member);
  }
});

test("killed at any point and begun again, it leaves nothing that the older key is needed for", {
  timeout: 120_000,
}, async () => {
  const count = 800;
  await keepSecrets(count);
  const random = new Random(testSeed);
  const environment = {
    ...process.env,
    ...{ DATABASE_URL: process.env.DATABASE_URL, GANTRY_SECRET: newer, GANTRY_SECRET_PREVIOUS: older },
  };
  const left = async () => {
    const old = sql`not starts_with(${environmentSecrets.valueSealed}, ${both.prefix})`;
    return await plane.db.$count(environmentSecrets, old);
  };
  let kills = 0;
  for (let before = await left(); before > 0; before = await left()) {
    const child = spawn(process.execPath, [program, "rotate-secrets", "--seal"], { env: environment, stdio: "pipe" });
    const ended = once(child, "exit");
    // At the first times it is ended somewhere in the middle of its work: as soon as so much of it is done.
    const goal = before - (1 + random.below(300));
    if (kills < 2) {
      while (child.exitCode === null && (await left()) > Math.max(goal, 1));
      child.kill("SIGKILL");
      kills += 1;
    }
    await ended;
    for (const { name, valueSealed } of await plane.db.select().from(environmentSecrets))
      expect(both.unseal(valueSealed)).toBe(`value ${name.slice(1)}`);
  }
  await reseal(plane.db, both);
  expect(kills).toBeGreaterThan(0);
  await expectAllNew(count);
  expect(await reseal(plane.db, both)).toEqual({ done: 0, unknown: [] });
});

test("what no key opens is told and left; what is written meanwhile is not lost", async () => {
  await keepSecrets(250);
  const foreign = new Keyring([randomBytes(32).toString("hex")]).seal("lost");
  await plane.db.update(environmentSecrets).set({ valueSealed: foreign }).where(sql`name = 'S7'`);
  const [{ done, unknown }] = await Promise.all([
    reseal(plane.db, both),
    plane.db
      .update(environmentSecrets)
      .set({ valueSealed: after.seal("new") })
      .where(sql`name = 'S8'`),
  ]);
  expect(done).toBeGreaterThanOrEqual(248);
  expect(unknown).toEqual([
    { place: "environment_secrets.value_sealed", reason: expect.stringMatching(/^Sealed with/) },
  ]);
  const rows = await plane.db.select().from(environmentSecrets).where(sql`name in ('S7', 'S8') order by name`);
  expect(rows.map(({ valueSealed }) => valueSealed)[0]).toBe(foreign);
  expect(after.unseal(rows[1]?.valueSealed ?? "")).toBe("new");
});

test("the installation's own keys are renewed, and the old one is retired when all is sealed anew", async () => {
  const data = await mkdtemp(join(tmpdir(), "rotate-"));
  const first = await loadSecrets(data);
  await renewSecrets(data);
  const second = await loadSecrets(data);
  expect(second.GANTRY_SECRET).not.toBe(first.GANTRY_SECRET);
  expect(second.GANTRY_SECRET_PREVIOUS).toBe(first.GANTRY_SECRET);
  expect(second.NEXTAUTH_SECRET_PREVIOUS).toBe(first.NEXTAUTH_SECRET);
  expect(second.POSTGRES_PASSWORD).toBe(first.POSTGRES_PASSWORD);
  // Asked for once more before the first was sealed: both still open, and nothing is retired too early.
  await renewSecrets(data);
  await retireSecrets(data, first.GANTRY_SECRET);
  const third = await loadSecrets(data);
  expect(third.GANTRY_SECRET_PREVIOUS).toBe(`${second.GANTRY_SECRET},${first.GANTRY_SECRET}`);
  await retireSecrets(data, third.GANTRY_SECRET_PREVIOUS ?? "");
  const fourth = await loadSecrets(data);
  expect(fourth.GANTRY_SECRET_PREVIOUS).toBeUndefined();
  expect(fourth.GANTRY_SECRET_RETIRED).toBe(`${second.GANTRY_SECRET},${first.GANTRY_SECRET}`);
  // A later version that adds a secret keeps these.
  const { INNGEST_EVENT_KEY: _, ...without } = fourth;
  await writeFile(join(data, "secrets.json"), JSON.stringify(without));
  expect((await loadSecrets(data)).GANTRY_SECRET_RETIRED).toBe(fourth.GANTRY_SECRET_RETIRED);
  await rm(data, { recursive: true });
});
