import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import type { Model } from "#lib/model/types.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { applyModelTo } from "./applyModelTo.ts";
import { databaseAddress } from "./databaseAddress.ts";
import { provisionDatabase, removeDatabase } from "./provision.ts";
import { makeQueue } from "./queue.ts";

const working: Model = { ...salesModel, processes: [{ name: "doNothing", steps: [] }] };
const role = { name: `queue_${randomBytes(6).toString("hex")}`, password: randomBytes(8).toString("hex") };

let control: TestControlPlane;
let owner: postgres.Sql;
let app: postgres.Sql;

beforeAll(async () => {
  control = await testControlPlane();
  await provisionDatabase(role);
  owner = postgres(databaseAddress(role.name), { max: 1, onnotice: () => {} });
  app = postgres(databaseAddress(role.name, role), { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await removeDatabase(role.name);
  await control[Symbol.asyncDispose]();
});

const hasQueue = async () => (await owner`select to_regclass('graphile_worker.jobs') is not null as has`)[0]?.has;

describe("An environment's queue", () => {
  test("is not there while the app has no work", async () => {
    await applyModelTo(databaseAddress(role.name), salesModel);
    expect(await hasQueue()).toBe(false);
  });

  test("comes with the release that needs it, and no later plan minds it", async () => {
    await applyModelTo(databaseAddress(role.name), working);
    expect(await hasQueue()).toBe(true);
    expect((await applyModelTo(databaseAddress(role.name), working)).steps).toEqual([]);
    // What waits in it is kept by a release without work.
    expect((await applyModelTo(databaseAddress(role.name), salesModel)).steps).not.toContainEqual(
      expect.objectContaining({ sql: expect.stringContaining("graphile_worker") }),
    );
    expect(await hasQueue()).toBe(true);
  });

  test("is brought up to date by several deploys at once", async () => {
    await owner`drop schema graphile_worker cascade`;
    await Promise.all([1, 2, 3].map(() => makeQueue(databaseAddress(role.name))));
    expect(await hasQueue()).toBe(true);
  });

  test("is filled and emptied by the environment's role, which can do nothing else with it", async () => {
    await app`select graphile_worker.add_job('test', '{}', queue_name => 'one', job_key => 'key')`;
    expect(await app`select task_identifier as task, queue_name as line from graphile_worker.jobs`).toEqual([
      { task: "test", line: "one" },
    ]);
    await app`select graphile_worker.force_unlock_workers(array['gone'])`;
    await app`select graphile_worker.remove_job('key')`;
    expect(await app`select from graphile_worker.jobs`).toEqual([]);
    for (const statement of [
      "drop table graphile_worker._private_jobs",
      "create table graphile_worker.mine ()",
      "alter table graphile_worker._private_jobs disable row level security",
      "drop policy gantry on graphile_worker._private_jobs",
      "create or replace function graphile_worker.remove_job(job_key text) returns void language sql as ''",
      "insert into graphile_worker.migrations (id) values (999)",
      "truncate graphile_worker._private_jobs",
    ]) {
      await expect(app.unsafe(statement), statement).rejects.toThrow(/permission denied|must be owner/);
    }
  });
});
