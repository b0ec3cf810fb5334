import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { usersTables } from "#lib/compile/schema/usersSchema.ts";
import { attribute, resource } from "#lib/compile/testing/modelParts.ts";
import type { AppAuth } from "#lib/model/processTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { type TestDatabase, testDatabase } from "#tests/support/postgres.ts";
import { applyModelTo } from "./applyModelTo.ts";
import { withOwnerSession } from "./EnvironmentDatabase.ts";
import { introspect } from "./introspect.ts";
import { planModel } from "./planModel.ts";

let database: TestDatabase;
let sql: postgres.Sql;
beforeAll(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
});
afterAll(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

const people = resource("Person", { plural: "people", attributes: [attribute("name", { type: { kind: "text" } })] });
const modelWith = (auth?: AppAuth): Model => ({
  app: { name: "Notes", users: "Person", ...(auth && { auth }) },
  resources: [people],
});
const stepsTo = (model: Model) =>
  withOwnerSession(database.url, async (owner) => (await planModel(owner, model)).steps);
const tables = async () => (await withOwnerSession(database.url, introspect)).tables;

test("the tables of users come with sign-in, stay as they are, and outlive it", async () => {
  await applyModelTo(database.url, modelWith());
  const names = Object.values(usersTables);
  expect((await tables()).some(({ name }) => names.some((one) => one === name))).toBe(false);
  await applyModelTo(database.url, modelWith({ password: {} }));
  expect((await tables()).map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  expect(await stepsTo(modelWith({ password: {} }))).toEqual([]);
  await sql`insert into gantry_accounts (id, email) values (gen_random_uuid(), 'ada@example.com')`;
  await applyModelTo(database.url, modelWith());
  // Back again, everybody is still there.
  await applyModelTo(database.url, modelWith({ password: {}, totp: {} }));
  expect(await sql`select email from gantry_accounts`).toMatchObject([{ email: "ada@example.com" }]);
  expect((await tables()).find(({ name }) => name === usersTables.accounts)?.retired).toBeUndefined();
});
