import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { aSpec, type TestRuntime, testRuntime } from "./testing/testRuntime.ts";

// Environments that nobody asks are a file and a line of a table.

let database: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(salesModel);
  await database.sql`insert into companies (name) values ('Acme')`;
});
afterAll(() => database[Symbol.asyncDispose]());

const sleepy = { limits: { sleepSeconds: 0.2 } };

async function gauge(runtime: TestRuntime, name: string): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${runtime.runtime.port}/metrics`)).text();
  return Number(new RegExp(`^${name} (.*)$`, "m").exec(metrics)?.[1]);
}

async function asleep(runtime: TestRuntime): Promise<void> {
  while ((await gauge(runtime, "gantry_environments_awake")) > 0);
}

const names = async (response: Response) => (await response.json()).data.map(({ name }: { name: string }) => name);

test("nobody's environment goes to sleep with all that it held, and the next request wakes it", async () => {
  await using runtime = await testRuntime(sleepy);
  await runtime.put(aSpec(salesModel, { databaseUrl: database.url }));
  expect(await names(await runtime.get("one", "/rest/v1/companies"))).toEqual(["Acme"]);
  await asleep(runtime);
  expect(await Promise.all(["gantry_environments", "gantry_apps"].map((name) => gauge(runtime, name)))).toEqual([1, 0]);
  expect(await (await runtime.admin("GET", "/environments/one")).json()).toMatchObject({ release: 1, state: "ready" });
  while (
    (
      await database.sql`select from pg_stat_activity where application_name = 'gantry-runtime'
    and datname = current_database()`
    ).length > 0
  );
  const answers = await Promise.all(Array.from({ length: 20 }, () => runtime.get("one", "/rest/v1/companies")));
  expect(await Promise.all(answers.map(names))).toEqual(answers.map(() => ["Acme"]));
  expect(await gauge(runtime, "gantry_apps")).toBe(1);
});

test("all are asleep after a start, whatever order their files have been written in", async () => {
  await using runtime = await testRuntime();
  await runtime.put(aSpec(salesModel, { databaseUrl: database.url }));
  await runtime.put(aSpec(salesModel, { databaseUrl: database.url, id: "two", label: "two" }));
  const file = join(runtime.stateFolder, "environments", "two.json");
  const { id, label, release, ...rest } = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...rest, release, label, id }));
  await runtime.restart();
  expect(
    await Promise.all(["gantry_environments", "gantry_environments_awake"].map((name) => gauge(runtime, name))),
  ).toEqual([2, 0]);
  expect(await names(await runtime.get("two", "/rest/v1/companies"))).toEqual(["Acme"]);
  expect(await gauge(runtime, "gantry_environments_awake")).toBe(1);
});

test("one that sleeps is deployed, and taken away, as if it were awake", async () => {
  await using runtime = await testRuntime(sleepy);
  await runtime.put(aSpec(salesModel, { databaseUrl: database.url, release: 3 }));
  await asleep(runtime);
  expect(await runtime.put(aSpec(salesModel, { databaseUrl: database.url, release: 2 }))).toMatchObject({ release: 3 });
  expect(await runtime.put(aSpec(salesModel, { databaseUrl: database.url, release: 4 }))).toMatchObject({ release: 4 });
  await asleep(runtime);
  expect((await runtime.admin("DELETE", "/environments/one")).status).toBe(204);
  expect((await runtime.get("one", "/rest/v1/companies")).status).toBe(404);
});

test("one whose file is gone is not available, and comes back with the next deploy", async () => {
  await using runtime = await testRuntime();
  await runtime.put(aSpec(salesModel, { databaseUrl: database.url }));
  const file = join(runtime.stateFolder, "environments", "one.json");
  const kept = await readFile(file, "utf8");
  await runtime.restart();
  await writeFile(file, kept.slice(0, -100));
  const refused = await runtime.get("one", "/rest/v1/companies");
  expect([refused.status, refused.headers.get("retry-after"), (await refused.json()).code]).toEqual([
    503,
    "1",
    "unavailable",
  ]);
  await runtime.put(aSpec(salesModel, { databaseUrl: database.url, release: 2 }));
  expect(await names(await runtime.get("one", "/rest/v1/companies"))).toEqual(["Acme"]);
});
