import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { aSpec, type TestRuntime, testRuntime } from "../host/testing/testRuntime.ts";
import { EngineGate } from "./EngineGate.ts";
import { quickLimits } from "./testing/engineHost.ts";
import { workingModel } from "./testing/workingModel.ts";

// The whole runtime, which nobody sends a request to.

const yearly = workingModel([{ kind: "schedule", cron: "0 0 1 1 *", missed: "once" }]);
/** Whatever happens does so without a sweep. */
const limits = { engine: { ...quickLimits, sweepSeconds: 3600 } };

let database: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(yearly);
});
beforeEach(async () => {
  await database.sql`truncate gantry_runs, gantry_schedules`;
});
afterAll(() => database[Symbol.asyncDispose]());

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition()));
}
async function gauge({ runtime }: TestRuntime, name: string): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${runtime.port}/metrics`)).text();
  return Number(new RegExp(`^${name} (.*)$`, "m").exec(metrics)?.[1]);
}
const runs = () => database.sql`select status, cause_kind as cause from gantry_runs`;
const isKnown = async () => (await database.sql`select from gantry_schedules`).length > 0;
const isAsleep = async (runtime: TestRuntime) =>
  (await gauge(runtime, "gantry_environments_at_work")) + (await gauge(runtime, "gantry_environments_awake")) === 0;

describe("Nobody asks, but", () => {
  test("what was due while the runtime was away is done after its start, and the app sleeps on", async () => {
    await using runtime = await testRuntime({ limits });
    await runtime.put(aSpec(yearly, { databaseUrl: database.url }));
    await until(isKnown);
    await until(() => isAsleep(runtime));
    await database.sql`update gantry_schedules set at = now() - interval '2 years'`;
    await runtime.restart();
    await until(async () => (await runs())[0]?.status === "succeeded");
    expect(await runs()).toEqual([{ status: "succeeded", cause: "schedule" }]);
    await until(() => isAsleep(runtime));
  });

  test("a deploy is looked at, and one that is taken away is left alone", async () => {
    await using runtime = await testRuntime({ limits });
    await runtime.put(aSpec(yearly, { databaseUrl: database.url }));
    await until(isKnown);
    await runtime.admin("DELETE", "/environments/one");
    await database.sql`update gantry_schedules set at = now() - interval '2 years'`;
    await runtime.restart();
    expect(await gauge(runtime, "gantry_environments_at_work")).toBe(0);
    expect(await runs()).toEqual([]);
  });
});

test("a runtime whose apps have no work does not know the engine", async () => {
  const gate = new EngineGate({ with: async () => null, rest: () => {} });
  gate.poke("one");
  gate.dismiss("one");
  await gate.stop(0);
  expect(gate.engine).toBeNull();
  await using runtime = await testRuntime({ limits });
  await using plain = await modelDatabase(salesModel);
  await runtime.put(aSpec(salesModel, { databaseUrl: plain.url }));
  expect((await runtime.get("one", "/rest/v1/companies")).status).toBe(200);
  expect(
    await plain.sql`select from pg_stat_activity where datname = current_database() and query ilike 'listen%'`,
  ).toEqual([]);
});
