import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { attribute, belongsTo, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type RestClient, restClient } from "../rest/testing/restClient.ts";

/** Accounts whose balance is kept by the database, and may not fall below nothing. */
const model: Model = {
  app: { name: "Accounts" },
  resources: [
    resource("Account", {
      plural: "accounts",
      key: attribute("id", { type: { kind: "integer" }, required: true, unique: true }),
      relationships: [{ kind: "hasMany", name: "entries", target: "Entry", via: "account" }],
      aggregates: [{ name: "balance", function: "sum", path: ["entries"], field: "amount", column: "balance" }],
    }),
    resource("Entry", {
      plural: "entries",
      attributes: [attribute("amount", { type: { kind: "integer" }, required: true })],
      relationships: [{ ...belongsTo("account", "Account"), required: true }],
      validations: [{ expression: "account.balance >= 0", message: "There is not that much.", field: "amount" }],
    }),
  ],
};

let app: ServedApp;
let rest: RestClient;
beforeAll(async () => {
  app = await servedApp(model);
  rest = restClient(app);
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(async () => {
  await app.sql`truncate accounts, entries`;
  await app.sql`insert into accounts (id) values (1), (2)`;
  await app.sql`insert into entries (amount, account_id) values (10, 1), (1, 2)`;
});

const enter = (amount: number) => rest.send("POST", "/entries", { amount, accountId: 1 });
const balance = async () => (await rest.get("/accounts/1")).body.balance;

test("a check of what is kept of another record sees what the change does to it", async () => {
  const refused = await enter(-11);
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    [{ field: "amount", rule: "check", message: "There is not that much." }],
  ]);
  expect((await enter(-10)).status).toBe(201);
  expect(await balance()).toBe("0");
  const [entry] = await app.sql`select id from entries where amount = 10`;
  expect((await rest.send("PATCH", `/entries/${entry?.id}`, { amount: 9 })).status).toBe(422);
  expect((await rest.send("PATCH", `/entries/${entry?.id}`, { amount: 12 })).status).toBe(200);
});

test("it holds for many at once", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => enter(-1)));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(10).fill(201), ...Array(10).fill(422)]);
  expect(await balance()).toBe("0");
  const list = await rest.send("POST", "/entries", [
    { amount: 5, accountId: 1 },
    { amount: -6, accountId: 1 },
  ]);
  expect(list.status).toBe(422);
  expect(await balance()).toBe("0");
});
