import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { Engine } from "./Engine.ts";
import type { EngineLimits } from "./EngineHost.ts";
import { engineHost, quickLimits } from "./testing/engineHost.ts";
import { workingModel } from "./testing/workingModel.ts";
import type { Pump, TaskContext } from "./Work.ts";

const model = workingModel();
let [one, two]: ModelDatabase[] = [];

beforeAll(async () => {
  [one, two] = await Promise.all([modelDatabase(model), modelDatabase(model)]);
});
afterAll(() => Promise.all([one, two].map((database) => database?.[Symbol.asyncDispose]())));

function databases() {
  if (!one || !two) throw new Error("There are no databases.");
  return { one, two };
}

const add = (database: ModelDatabase, count: number) =>
  database.sql`select graphile_worker.add_job('test', '{}') from generate_series(1, ${count}::int)`;

/** Two environments in one engine, each of whose jobs does what it is told. */
function twoAtWork(perform: (on: TaskContext) => Promise<void>, limits: Partial<EngineLimits>, pumps: Pump[] = []) {
  const { one, two } = databases();
  const host = engineHost({ one: { url: one.url, model }, two: { url: two.url, model } });
  const engine = new Engine({
    host,
    limits: { ...quickLimits, sweepSeconds: 3600, ...limits },
    tasks: { test: async () => ({ name: "test", perform: (_, on) => perform(on) }) },
    pumps: pumps.map((pump) => async () => pump),
  });
  return {
    engine,
    host,
    async [Symbol.asyncDispose]() {
      await engine.stop(0);
      await host[Symbol.asyncDispose]();
    },
  };
}

test("an environment with work without end leaves its place to others, and comes back to it", async () => {
  const { one, two } = databases();
  const other = Promise.withResolvers<void>();
  const again = Promise.withResolvers<void>();
  let isOver = false;
  await add(one, 1);
  await using both = twoAtWork(
    async ({ environment }) => {
      if (environment.spec.id === "two") return other.resolve();
      if (isOver) again.resolve();
      else await add(one, 1);
    },
    { environments: 1, sliceSeconds: 0.05 },
  );
  both.engine.enlist("one", one.url);
  await add(two, 1);
  both.engine.enlist("two", two.url);
  await other.promise;
  isOver = true;
  await again.promise;
});

test("so does one whose pump would go on for ever", async () => {
  const { one, two } = databases();
  const other = Promise.withResolvers<void>();
  let runs = 0;
  const pump: Pump = {
    name: "pump",
    isNeeded: ({ spec }) => spec.id === "one",
    async run(_environment, signal, turn) {
      runs += 1;
      while (!turn?.isOver && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
      return null;
    },
  };
  await using both = twoAtWork(async () => other.resolve(), { environments: 1, sliceSeconds: 0.05 }, [pump]);
  both.engine.enlist("one", one.url);
  await add(two, 1);
  both.engine.enlist("two", two.url);
  await other.promise;
  const before = runs;
  while (runs === before) await new Promise((resolve) => setTimeout(resolve, 5));
});

test("a job that takes long does not keep the place of its environment", async () => {
  const { one, two } = databases();
  const other = Promise.withResolvers<void>();
  await add(one, 1);
  await using both = twoAtWork(
    async ({ environment }) => {
      if (environment.spec.id === "one") await other.promise;
      else other.resolve();
    },
    { environments: 1, sliceSeconds: 0.05 },
  );
  both.engine.enlist("one", one.url);
  await add(two, 1);
  both.engine.enlist("two", two.url);
  await other.promise;
});

test("a job goes on with the release that it began with, and the next has the new one", async () => {
  const { one } = databases();
  const releases: number[] = [];
  const begun = Promise.withResolvers<void>();
  const deployed = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  await add(one, 1);
  await using both = twoAtWork(async ({ environment }) => {
    if (releases.length === 0) {
      releases.push(environment.spec.release);
      begun.resolve();
      await deployed.promise;
      await environment.database.own(async (sql) => {
        await sql.unsafe("select 1");
      });
    } else {
      releases.push(environment.spec.release);
      second.resolve();
    }
  }, {});
  both.engine.enlist("one", one.url);
  await begun.promise;
  both.host.deploy("one", { url: one.url, model, release: 2 });
  both.engine.enlist("one", one.url);
  await add(one, 1);
  await second.promise;
  deployed.resolve();
  expect(releases).toEqual([1, 2]);
});

test("an environment that moves to another database goes on there", async () => {
  const { one, two } = databases();
  const done = Promise.withResolvers<string>();
  await using both = twoAtWork(async ({ environment }) => done.resolve(environment.spec.databaseUrl), {
    lingerSeconds: 3600,
  });
  both.engine.enlist("one", one.url);
  both.engine.poke("one");
  while (both.engine.atWork === 0) await new Promise((resolve) => setImmediate(resolve));
  both.host.deploy("one", { url: two.url, model, release: 2 });
  both.engine.enlist("one", two.url);
  await add(two, 1);
  expect(await done.promise).toBe(two.url);
});

test("an environment that is taken away is left alone", async () => {
  const { one } = databases();
  await using both = twoAtWork(async () => {}, { lingerSeconds: 3600 });
  both.engine.enlist("one", one.url);
  both.engine.poke("one");
  while (both.engine.atWork === 0) await new Promise((resolve) => setImmediate(resolve));
  both.engine.dismiss("one");
  while (both.engine.atWork > 0) await new Promise((resolve) => setImmediate(resolve));
  await add(one, 1);
  both.engine.poke("one");
  expect(both.engine.atWork).toBe(0);
});
