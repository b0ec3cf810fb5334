import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import type { Json } from "../rest/testing/restClient.ts";
import { dealsModel } from "./testing/dealsModel.ts";

let app: ServedApp;

beforeAll(async () => {
  app = await servedApp(dealsModel);
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(async () => {
  await app.sql`truncate deals, companies, lines, tags, deal_tags, contacts restart identity cascade`;
});

async function ask(query: string): Promise<Json> {
  const response = await app.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as Json;
  return errors ? { errors } : data;
}

const deal = () => ask('mutation { createDeal(input: { title: "Fine", amount: "100" }) { errors { message } } }');

describe("named actions", () => {
  test("change a record, with their input", async () => {
    await deal();
    await ask('mutation { qualifyDeal(id: "1") { result { stage } } }');
    const answer = await ask(
      'mutation { winDeal(id: "1", input: { closedOn: "2026-01-31", reason2: "price" }) { __typename result { stage closedOn reason } errors { code } } }',
    );
    expect(answer.winDeal).toEqual({
      __typename: "WinDealPayload",
      result: { stage: "won", closedOn: "2026-01-31", reason: "price" },
      errors: [],
    });
  });

  test("tell in data what is in their way", async () => {
    await deal();
    const answer = await ask(
      'mutation { winDeal(id: "1") { result { id } errors { code fields { field rule allowed } } } }',
    );
    expect(answer.winDeal).toEqual({
      result: null,
      errors: [
        { code: "illegal_transition", fields: [{ field: "stage", rule: "state", allowed: ["qualify", "lose"] }] },
      ],
    });
    const required = await ask('mutation { discountDeal(id: "1", input: {}) { errors { code } } }');
    expect(required.errors[0].message).toContain("percent");
  });

  test("create and destroy", async () => {
    const made = await ask(
      'mutation { registerDeal(input: { title: "New", hot: true }) { result { id probability } errors { message } } }',
    );
    expect(made.registerDeal).toEqual({ result: { id: "1", probability: 90 }, errors: [] });
    const purged = await ask('mutation { purgeDeal(id: "1") { result { id } errors { code message } } }');
    expect(purged.purgeDeal.errors).toEqual([{ code: "conflict", message: "Lose it first." }]);
  });

  test("read", async () => {
    for (const amount of ["5", "50"]) {
      await ask(`mutation { createDeal(input: { title: "Fine", amount: "${amount}" }) { errors { message } } }`);
    }
    const { aboveDeals } = await ask('{ aboveDeals(input: { least: "6" }, first: 5) { totalCount nodes { amount } } }');
    expect(aboveDeals).toEqual({ totalCount: 1, nodes: [{ amount: "50.00" }] });
  });
});

test("an upsert says whether the record is new", async () => {
  const upsert = (name: string) =>
    ask(
      `mutation { upsertContact(by: email, input: { email: "a@example.com", name: "${name}" }) { created result { id name } errors { message } } }`,
    );
  expect((await upsert("Ada")).upsertContact).toEqual({ created: true, result: { id: "1", name: "Ada" }, errors: [] });
  expect((await upsert("Eve")).upsertContact).toEqual({ created: false, result: { id: "1", name: "Eve" }, errors: [] });
  const answer = await ask('mutation { subscribeContact(input: { email: "a@example.com" }) { result { id name } } }');
  expect(answer.subscribeContact.result).toEqual({ id: "1", name: "Eve" });
});

test("records are created with others in them", async () => {
  const answer = await ask(`mutation { createDeal(input: {
    title: "Whole", company: { name: "New" }, lines: [{ product: "A", price: "1" }]
  }) { result { company { name } lines { nodes { product deal { id } } } } errors { fields { field } } } }`);
  expect(answer.createDeal).toEqual({
    result: { company: { name: "New" }, lines: { nodes: [{ product: "A", deal: { id: "1" } }] } },
    errors: [],
  });
  const refused = await ask(`mutation { createDeal(input: {
    title: "Whole", lines: [{ product: "A", price: "501" }, { product: "B", price: "-1" }]
  }) { errors { code fields { field } } } }`);
  expect(refused.createDeal.errors[0].fields).toEqual([{ field: "lines.0.price" }, { field: "lines.1.price" }]);
});

describe("changes of many", () => {
  test("by a filter, up to a limit", async () => {
    for (let index = 0; index < 3; index++) await deal();
    const change = (limit: number) =>
      ask(
        `mutation { updateManyDeals(filter: { amount: { gte: "1" } }, maxAffected: ${limit}, input: { amount: "5" }) { __typename affected errors { code } } }`,
      );
    expect((await change(2)).updateManyDeals).toEqual({
      __typename: "ChangedManyPayload",
      affected: null,
      errors: [{ code: "conflict" }],
    });
    expect((await change(3)).updateManyDeals.affected).toBe(3);
    const all = await ask("mutation { destroyManyDeals(filter: {}, maxAffected: 9) { errors { fields { field } } } }");
    expect(all.destroyManyDeals.errors[0].fields).toEqual([{ field: "filter" }]);
    const gone = await ask(
      'mutation { destroyManyDeals(filter: { id: { in: ["1", "2"] } }, maxAffected: 9) { affected } }',
    );
    expect(gone.destroyManyDeals.affected).toBe(2);
  });

  test("by a named action", async () => {
    await deal();
    await deal();
    await ask('mutation { loseDeal(id: "2") { errors { code } } }');
    const answer = await ask(
      'mutation { qualifyManyDeals(ids: ["1", "2"]) { affected errors { code fields { field key } } } }',
    );
    expect(answer.qualifyManyDeals).toEqual({
      affected: null,
      errors: [{ code: "illegal_transition", fields: [{ field: "stage", key: "2" }] }],
    });
  });
});
