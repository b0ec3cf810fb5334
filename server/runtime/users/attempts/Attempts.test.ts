import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { Database } from "../../exec/Database.ts";
import { usersModel } from "../testing/usersModel.ts";
import { type AttemptRule, Attempts } from "./Attempts.ts";

let tables: ModelDatabase;
let database: Database;
beforeAll(async () => {
  tables = await modelDatabase(usersModel());
  database = new Database(tables.url);
});
afterAll(async () => {
  await database.close();
  await tables[Symbol.asyncDispose]();
});

const rule: AttemptRule = { name: "guess", free: 30, longestPause: 60, memory: 3600 };
const outcomes = async (work: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(work)).map(({ status }) => status);

test("nobody is refused before the free ones are used, however many come at once", async () => {
  const attempts = new Attempts(database);
  const subjects = [{ rule, of: ["ada@example.com", "10.0.0.1"] }];
  const first = await outcomes(Array.from({ length: 30 }, () => attempts.begin(subjects)));
  expect(first.filter((status) => status === "rejected")).toEqual([]);
  expect(await outcomes([attempts.begin(subjects)])).toEqual(["rejected"]);
  await attempts.succeeded(subjects);
  expect(await outcomes([attempts.begin(subjects)])).toEqual(["fulfilled"]);
});

test("who is refused by one bound is counted by none", async () => {
  const attempts = new Attempts(database);
  const [own, shared] = [
    { rule, of: ["bob@example.com"] },
    { rule: { ...rule, name: "shared", free: 1 }, of: ["all"] },
  ];
  await attempts.begin([shared]);
  for (let at = 0; at < 3; at++) expect(await outcomes([attempts.begin([own, shared])])).toEqual(["rejected"]);
  const rows = await tables.sql`select count from gantry_attempts order by at`;
  expect(rows.map(({ count }) => count)).toContain(0);
});

test("what was long ago is forgotten", async () => {
  const attempts = new Attempts(database);
  const subjects = [{ rule: { ...rule, name: "old", free: 2 }, of: ["c"] }];
  await attempts.begin(subjects);
  await tables.sql`update gantry_attempts set at = now() - interval '61 minutes', paused_until = now()`;
  await attempts.begin(subjects);
  expect(await outcomes([attempts.begin(subjects)])).toEqual(["fulfilled"]);
});
