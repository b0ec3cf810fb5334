import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonValue } from "#lib/model/types.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { Engine, type EngineParts } from "./Engine.ts";
import { EnvironmentEngine } from "./EnvironmentEngine.ts";
import { engineHost, quickLimits, type TestHost } from "./testing/engineHost.ts";
import { workingModel } from "./testing/workingModel.ts";
import type { Job, Pump, Task, TaskContext } from "./Work.ts";

let database: ModelDatabase;
const model = workingModel();

beforeAll(async () => {
  database = await modelDatabase(model);
});
beforeEach(async () => {
  await database.sql`delete from graphile_worker._private_jobs`;
});
afterAll(() => database[Symbol.asyncDispose]());

interface TestEngine extends AsyncDisposable {
  readonly engine: Engine;
  readonly host: TestHost;
  add(...jobs: Job[]): Promise<void>;
}

/** An engine with one task, which does what it is told. */
function testEngine(
  perform: (payload: JsonValue, on: TaskContext) => Promise<void>,
  parts: Partial<EngineParts> = {},
): TestEngine {
  const host = engineHost({ one: { url: database.url, model } });
  const task: Task = { name: "test", perform };
  const engine = new Engine({ host, limits: quickLimits, tasks: { test: async () => task }, pumps: [], ...parts });
  engine.enlist("one", database.url);
  const own = host.environments.get("one")?.database;
  if (!own) throw new Error("There is no environment.");
  const environmentEngine = new EnvironmentEngine({ database: own, poke: () => engine.poke("one") });
  return {
    engine,
    host,
    add: (...jobs) => environmentEngine.add(jobs),
    async [Symbol.asyncDispose]() {
      await engine.stop(0);
      await host[Symbol.asyncDispose]();
    },
  };
}

/** Gathers what comes, and settles when so much has come. */
function gathering<Item>(expected: number) {
  const items: Item[] = [];
  const { promise, resolve } = Promise.withResolvers<readonly Item[]>();
  const take = (item: Item) => {
    items.push(item);
    if (items.length === expected) resolve(items);
  };
  return { items, take, all: promise };
}

const job = (payload: JsonValue, more: Partial<Job> = {}): Job => ({ task: "test", payload, ...more });
const kept = async () => (await database.sql`select from graphile_worker.jobs`).length;
const connections = async () =>
  (
    await database.sql`select from pg_stat_activity where datname = current_database()
      and application_name = 'gantry-runtime' and query not like '%pg_stat_activity%'`
  ).length;
async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

describe("Jobs", () => {
  test("are done with what they were given, and gone", async () => {
    const done = gathering<JsonValue>(3);
    await using engine = testEngine(async (payload) => done.take(payload));
    await engine.add(job({ n: 1 }), job("two"), job([3, { four: null }]));
    expect(new Set(await done.all)).toEqual(new Set([{ n: 1 }, "two", [3, { four: null }]]));
    await until(async () => (await kept()) === 0);
  });

  test("that fail are tried again later, and told how often", async () => {
    const attempts = gathering<string>(2);
    await using engine = testEngine(async (_, { attempt, attempts: all }) => {
      attempts.take(`${attempt} of ${all}`);
      if (attempt === 1) throw new Error("not yet");
    });
    await engine.add(job({}, { attempts: 2 }));
    await until(
      async () =>
        (await database.sql`select from graphile_worker.jobs where attempts = 1 and locked_at is null`).length === 1,
    );
    await database.sql`update graphile_worker._private_jobs set run_at = now()`;
    expect(await attempts.all).toEqual(["1 of 2", "2 of 2"]);
  });

  test("of a later time are done then, also where nobody does anything in between", async () => {
    const done = gathering<number>(1);
    await using engine = testEngine(async () => done.take(Date.now()), {
      limits: { ...quickLimits, sweepSeconds: 3600 },
    });
    const runAt = new Date(Date.now() + 1500);
    await engine.add(job({}, { runAt }));
    await until(async () => engine.engine.atWork === 0);
    const [at] = await done.all;
    expect(at).toBeGreaterThanOrEqual(runAt.getTime());
  });

  test("of a line are done one after the other, in order; others beside them", async () => {
    const done = gathering<JsonValue>(30);
    let inLine = 0;
    let most = 0;
    await using engine = testEngine(async (payload) => {
      const isOfLine = typeof payload === "number";
      if (isOfLine) {
        inLine += 1;
        most = Math.max(most, inLine);
        await new Promise((resolve) => setTimeout(resolve, 2));
        inLine -= 1;
      }
      done.take(payload);
    });
    await engine.add(...Array.from({ length: 20 }, (_, n) => job(n, { line: "one" })));
    await engine.add(...Array.from({ length: 10 }, (_, n) => job(`other ${n}`)));
    const all = await done.all;
    expect(all.filter((payload) => typeof payload === "number")).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(most).toBe(1);
  });
});

describe("An environment", () => {
  test("with nothing to do has no connection", async () => {
    const done = gathering<JsonValue>(1);
    await using engine = testEngine(async (payload) => done.take(payload), {
      limits: { ...quickLimits, sweepSeconds: 3600 },
    });
    await engine.add(job({}));
    await done.all;
    await until(async () => engine.engine.atWork === 0);
    await engine.host.environments.get("one")?.database.closeIdle({ atOnce: true });
    await until(async () => (await connections()) === 0);
    expect(engine.host.rested).toContain("one");
  });

  test("is looked at now and then, for what other programs have left", async () => {
    const done = gathering<JsonValue>(1);
    await using engine = testEngine(async (payload) => done.take(payload));
    await until(() => engine.engine.atWork === 0);
    await database.sql`select graphile_worker.add_job('test', '{"from":"another"}')`;
    expect(await done.all).toEqual([{ from: "another" }]);
  });

  test("that works is told at once of what other programs leave", async () => {
    const done = gathering<JsonValue>(2);
    await using engine = testEngine(async (payload) => done.take(payload), {
      limits: { ...quickLimits, lingerSeconds: 3600 },
    });
    await engine.add(job(1));
    await until(() => done.items.length === 1);
    await database.sql`select graphile_worker.add_job('test', '2')`;
    expect(await done.all).toEqual([1, 2]);
  });
});

describe("Pumps", () => {
  const pumpOf = (run: Pump["run"], more: Partial<Pump> = {}): (() => Promise<Pump>) => {
    return async () => ({ name: "pump", isNeeded: () => true, run, ...more });
  };
  const noTask = async () => {};

  test("run after every poke, and when they asked to", async () => {
    const runs = gathering<number>(3);
    let asked = 0;
    const pump = pumpOf(async () => {
      runs.take(Date.now());
      if (runs.items.length === 1) asked = Date.now() + 300;
      return Date.now() < asked ? new Date(asked) : null;
    });
    await using engine = testEngine(noTask, { pumps: [pump], limits: { ...quickLimits, sweepSeconds: 3600 } });
    await until(() => runs.items.length === 1);
    engine.engine.poke("one");
    await until(() => runs.items.length >= 2);
    // Where the machine was too slow for that, nothing was asked for.
    if ((runs.items[1] ?? 0) >= asked) engine.engine.poke("one");
    const [, , third] = await runs.all;
    expect(third).toBeGreaterThanOrEqual(asked);
  });

  test("that take long do not keep what came since waiting", async () => {
    const held = Promise.withResolvers<void>();
    const runs = gathering<number>(2);
    const pump = pumpOf(async () => {
      runs.take(runs.items.length);
      if (runs.items.length === 1) await held.promise;
      return null;
    });
    await using engine = testEngine(noTask, { pumps: [pump] });
    await until(() => runs.items.length === 1);
    engine.engine.poke("one");
    await runs.all;
    held.resolve();
  });

  test("that fail are run again", async () => {
    const runs = gathering<number>(2);
    const pump = pumpOf(async () => {
      runs.take(runs.items.length);
      if (runs.items.length === 1) throw new Error("not yet");
      return null;
    });
    await using _ = testEngine(noTask, { pumps: [pump], limits: { ...quickLimits, sweepSeconds: 3600 } });
    await runs.all;
  });

  test("of environments that sleep are asked by a question, and run only where the answer is yes", async () => {
    await database.sql`create table if not exists left_to_do ()`;
    const runs = gathering<number>(2);
    const pump = pumpOf(
      async () => {
        runs.take(runs.items.length);
        return null;
      },
      { waiting: "exists (select from left_to_do)" },
    );
    await using engine = testEngine(noTask, { pumps: [pump], limits: { ...quickLimits, sweepSeconds: 0.05 } });
    await until(() => engine.engine.atWork === 0 && runs.items.length === 1);
    const looks = async () =>
      Number(
        (await database.sql`select xact_commit as n from pg_stat_database where datname = current_database()`)[0]?.n,
      );
    const before = await looks();
    await until(async () => (await looks()) > before + 5);
    expect(runs.items.length).toBe(1);
    await database.sql`insert into left_to_do default values`;
    await runs.all;
    await database.sql`drop table left_to_do`;
  });

  test("that the app has no need of are left alone", async () => {
    const runs: number[] = [];
    const pump = pumpOf(
      async () => {
        runs.push(1);
        return null;
      },
      { isNeeded: () => false },
    );
    const done = gathering<JsonValue>(1);
    await using engine = testEngine(async (payload) => done.take(payload), { pumps: [pump] });
    await engine.add(job(1));
    await done.all;
    expect(runs).toEqual([]);
  });
});
