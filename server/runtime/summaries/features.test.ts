import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, belongsTo, option, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { type Json, type RestClient, restClient } from "#server/runtime/rest/testing/restClient.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";

/** Summaries of what lists can do besides: named reads, destroyed records, search, money, parts of values. */

const model: Model = {
  app: { name: "Shop" },
  valueObjects: [{ name: "Place", attributes: [{ ...attribute("city", { type: { kind: "text" } }), column: "city" }] }],
  resources: [
    resource("Order", {
      plural: "orders",
      attributes: [
        attribute("note", { type: { kind: "text" } }),
        attribute("stage", { type: { kind: "choice", options: [option("open"), option("paid")] } }),
        attribute("price", { type: { kind: "money" } }),
        attribute("fee", { type: { kind: "money", currency: "EUR" } }),
        attribute("place", { type: { kind: "embed", valueObject: "Place" } }),
        attribute("secret", { type: { kind: "encrypted" } }),
      ],
      relationships: [belongsTo("before", "Order")],
      features: { softDelete: { column: "deleted_at" }, search: { fields: ["note"], language: "english" } },
      definedActions: [
        {
          name: "over",
          type: "read",
          arguments: [{ name: "least", type: { kind: "decimal" }, required: true }],
          where: "fee.amount > arguments.least",
        },
      ],
    }),
  ],
};

const orders = [
  {
    note: "red bikes",
    stage: "open",
    price: { amount: "10.50", currency: "EUR" },
    fee: { amount: "1.10" },
    place: { city: "Ulm" },
  },
  {
    note: "red cars",
    stage: "open",
    price: { amount: "20", currency: "JPY" },
    fee: { amount: "2.20" },
    place: { city: "Ulm" },
  },
  { note: "blue", stage: "paid", price: { amount: "30.00", currency: "EUR" }, fee: { amount: "2.25" }, place: null },
  { note: "gone", stage: "paid", price: null, fee: null, place: null },
];

let app: ServedApp;
let rest: RestClient;

beforeAll(async () => {
  app = await servedApp(model);
  rest = restClient(app);
  const { status, body, text } = await rest.send("POST", "/orders", orders);
  if (status !== 201) throw new Error(text);
  await rest.send("DELETE", `/orders/${body[3].id}`);
});
afterAll(() => app[Symbol.asyncDispose]());

const summary = async (query: string) => (await rest.get(`/orders:summary?${query}`)).body;

async function graphql(query: string): Promise<Json> {
  const headers = { "content-type": "application/json" };
  return (await app.fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query }) })).json();
}

test("amounts of several currencies are told apart, or nothing is told of them", async () => {
  for (const measure of ["sum(price)", "avg(price)", "min(price)", "sum(price.amount)"]) {
    const { status, errors } = await summary(`measure=${measure}`);
    expect([status, errors[0].rule, errors[0].allowed]).toEqual([400, "currency", ["price.currency"]]);
  }
  expect((await summary("group=price.currency&measure=sum(price),avg(price),max(price)")).data).toEqual([
    {
      group: { "price.currency": "EUR" },
      sum: { price: { amount: "40.50", currency: "EUR" } },
      avg: { price: { amount: "20.25", currency: "EUR" } },
      max: { price: { amount: "30.00", currency: "EUR" } },
    },
    {
      group: { "price.currency": "JPY" },
      sum: { price: { amount: "20", currency: "JPY" } },
      avg: { price: { amount: "20", currency: "JPY" } },
      max: { price: { amount: "20", currency: "JPY" } },
    },
  ]);
  const { data } = await summary("measure=sum(fee),avg(fee)&having[sum(fee)][gte]=5.55");
  expect(data).toEqual([
    {
      group: {},
      sum: { fee: { amount: "5.55", currency: "EUR" } },
      avg: { fee: { amount: "1.85", currency: "EUR" } },
    },
  ]);
});

test("GraphQL groups by parts of money and of values", async () => {
  const { data } = await graphql(`{ orders { summary(
    groupBy: [{price: {currency: VALUE}}, {place: {city: VALUE}}]
    having: {sum: {price: {gte: {amount: "20", currency: "JPY"}}}}
  ) { groups {
    key { __typename price { __typename currency } place { __typename city } }
    sum { __typename price { __typename total: amount } }
  } } } }`);
  expect(data.orders.summary.groups).toEqual([
    {
      key: {
        __typename: "OrderSummaryKey",
        price: { __typename: "MoneySummaryKey", currency: "JPY" },
        place: { __typename: "PlaceSummaryKey", city: "Ulm" },
      },
      sum: { __typename: "OrderSummaryNumbers", price: { __typename: "Money", total: "20" } },
    },
  ]);
});

test("destroyed records do not count, unless they are asked for", async () => {
  expect((await summary("measure=count")).data[0].count).toBe(3);
  expect((await summary("measure=count&deleted=only")).data[0].count).toBe(1);
  expect((await summary("measure=count&deleted=shown")).data[0].count).toBe(4);
});

test("named reads and searches are summarised in both protocols", async () => {
  const { data } = await summary("read=over&arguments[least]=2&group=stage&measure=count,sum(fee)");
  expect(data).toEqual([
    { group: { stage: "open" }, count: 1, sum: { fee: { amount: "2.20", currency: "EUR" } } },
    { group: { stage: "paid" }, count: 1, sum: { fee: { amount: "2.25", currency: "EUR" } } },
  ]);
  expect((await summary("filter[search]=red&measure=count")).data[0].count).toBe(2);
  const answer = await graphql(`{
    overOrders(input: {least: "2"}) { summary { groups { count } } }
    orders(filter: {search: "red"}) { summary { groups { count } } }
  }`);
  expect(answer.data).toEqual({
    overOrders: { summary: { groups: [{ count: 2 }] } },
    orders: { summary: { groups: [{ count: 2 }] } },
  });
});

test("what is missing or sealed is refused", async () => {
  expect((await rest.get("/orders:summary?read=over")).status).toBe(422);
  expect((await summary("read=under")).errors[0].allowed).toEqual(["over"]);
  expect((await summary("measure=countDistinct(secret)")).errors[0].message).toMatch(/never sees its values/);
  expect((await summary("group=secret")).errors[0].rule).toBe("type");
});
