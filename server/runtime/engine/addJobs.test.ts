import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { Database } from "../exec/Database.ts";
import { EnvironmentEngine } from "./EnvironmentEngine.ts";
import { workingModel } from "./testing/workingModel.ts";

let database: ModelDatabase;
let own: Database;
let engine: EnvironmentEngine;
let pokes = 0;

beforeAll(async () => {
  database = await modelDatabase(workingModel());
  own = new Database(database.url);
  engine = new EnvironmentEngine({ database: own, poke: () => (pokes += 1) });
});
beforeEach(async () => {
  await database.sql`delete from graphile_worker._private_jobs`;
  pokes = 0;
});
afterAll(async () => {
  await own.close();
  await database[Symbol.asyncDispose]();
});

const jobs = () => database.sql`
  select task_identifier as task, queue_name as line, key, max_attempts as attempts, run_at > now() as later
  from graphile_worker.jobs order by id`;

test("a job is kept with all that it says", async () => {
  const tomorrow = new Date(Date.now() + 86_400_000);
  await engine.add([
    { task: "plain", payload: { n: 1 } },
    { task: "full", payload: null, runAt: tomorrow, key: "one", line: "first", attempts: 3 },
  ]);
  expect(await jobs()).toEqual([
    { task: "plain", line: null, key: null, attempts: 25, later: false },
    { task: "full", line: "first", key: "one", attempts: 3, later: true },
  ]);
  expect(pokes).toBe(1);
});

test("a job is there with the transaction that adds it, and the engine is told after the commit", async () => {
  await own.own(async (sql) => {
    await engine.add([{ task: "plain", payload: {} }], sql);
    expect([await jobs(), pokes]).toEqual([[], 0]);
  });
  expect([await jobs(), pokes]).toMatchObject([[{ task: "plain" }], 1]);
});

test("a job of a transaction that is undone never was", async () => {
  const undone = own.own(async (sql) => {
    await engine.add([{ task: "plain", payload: {} }], sql);
    throw new Error("no");
  });
  await expect(undone).rejects.toThrow("no");
  expect([await jobs(), pokes]).toEqual([[], 0]);
});

test("a job with the key of one that waits takes its place", async () => {
  const add = (n: number) => engine.add([{ task: "plain", payload: { n }, key: "one" }]);
  await add(1);
  await add(2);
  const kept = await database.sql`select payload::text from graphile_worker._private_jobs`;
  expect(kept).toEqual([{ payload: '{"n":2}' }]);
});
