import { afterAll, beforeAll, expect, test } from "vitest";
import { typesModel } from "#lib/compile/testing/typesModel.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type GraphqlResponse, readResponse } from "./testing/salesApp.ts";

let app: ServedApp;

beforeAll(async () => {
  app = await servedApp(typesModel);
});
afterAll(() => app[Symbol.asyncDispose]());

async function ask(query: string, variables: object = {}): Promise<GraphqlResponse> {
  const headers = { "content-type": "application/json" };
  const response = await app.fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  return readResponse(response);
}

const input = {
  name: "a",
  opens: "08:00",
  takes: "-PT90M",
  mail: "Ada@EXAMPLE.com",
  price: { amount: "5.5", currency: "EUR" },
  cost: { amount: 7 },
  tags: ["x", "y"],
  counts: ["9007199254740993"],
  shades: ["green"],
  moments: ["2026-01-31T10:00:00+01:00"],
  feature: [0.5, 1, 2],
  address: { city: "Ulm", colour: "green", fee: "1.50", geo: { latitude: "48.4", longitude: "9.99" } },
  stops: [{ city: "Bonn", shades: ["red"] }],
};

test("values go in and come out, each part under the name asked for", async () => {
  const { data, text } = await ask(
    `mutation ($input: ThingCreateInput!) { createThing(input: $input) { errors { field: fields { field rule } } result {
      opens takes mail price { sum: amount currency __typename } cost { amount currency } tags counts sizes shades moments feature
      address { __typename town: city colour fee rent { amount } geo { longitude latitude } extra }
      stops { city shades } phone
    } } }`,
    { input },
  );
  expect({ data, text }).toMatchObject({
    data: {
      createThing: {
        errors: [],
        result: {
          opens: "08:00:00",
          takes: "-PT1H30M",
          mail: "Ada@example.com",
          price: { sum: "5.50", currency: "EUR", __typename: "Money" },
          cost: { amount: "7.00", currency: "EUR" },
          tags: ["x", "y"],
          counts: ["9007199254740993"],
          sizes: [1, 2],
          shades: ["green"],
          moments: ["2026-01-31T09:00:00Z"],
          feature: [0.5, 1, 2],
          address: {
            __typename: "Address",
            town: "Ulm",
            colour: "green",
            fee: "1.50",
            rent: null,
            geo: { longitude: "9.99", latitude: "48.4" },
            extra: null,
          },
          stops: [{ city: "Bonn", shades: ["red"] }],
          phone: null,
        },
      },
    },
  });
  expect(text).toContain('"geo":{"longitude":"9.99","latitude":"48.4"}');
});

test("what is wrong is data, with its place", async () => {
  const wrong = {
    price: { amount: "1.001", currency: "EUR" },
    address: { city: "U", geo: { latitude: "x", longitude: 1 } },
  };
  const { data } = await ask(
    `mutation ($input: ThingCreateInput!) { createThing(input: $input) { result { id } errors { code fields { field rule } } } }`,
    { input: wrong },
  );
  expect(data).toEqual({
    createThing: {
      result: null,
      errors: [
        {
          code: "invalid_input",
          fields: [
            { field: "price", rule: "scale" },
            { field: "address.city", rule: "minLength" },
            { field: "address.geo.latitude", rule: "type" },
          ],
        },
      ],
    },
  });
});

test("what nobody gives is no part of the inputs", async () => {
  const { errors } = await ask(`mutation { createThing(input: { status: "x" }) { result { id } } }`);
  expect(errors?.[0]?.message).toContain("status");
  const update = await ask(`mutation { updateThing(id: "x", input: { origin: "x" }) { result { id } } }`);
  expect(update.errors?.[0]?.message).toContain("origin");
});

test.each([
  [`{ price: { gt: { amount: "5", currency: "EUR" } } }`, 1],
  [`{ price: { gt: { amount: "5", currency: "USD" } } }`, 0],
  [`{ price: { in: [{ amount: 5.5, currency: "EUR" }] } }`, 1],
  [`{ price: { amount: { lt: "6" }, currency: { eq: "EUR" } } }`, 1],
  [`{ cost: { eq: { amount: "7" } } }`, 1],
  [`{ tags: { has: "x" } }`, 1],
  [`{ tags: { hasAny: ["z", "y"] } }`, 1],
  [`{ tags: { isEmpty: true } }`, 0],
  [`{ shades: { has: green } }`, 1],
  [`{ counts: { has: "9007199254740993" } }`, 1],
  [`{ sizes: { has: 2 } }`, 1],
  [`{ stops: { isEmpty: false } }`, 1],
  [`{ takes: { lt: "PT0S" } }`, 1],
  [`{ opens: { gte: "08:00:00" } }`, 1],
  [`{ address: { city: { eq: "Ulm" }, colour: { in: [green] }, geo: { latitude: { gt: 48 } } } }`, 1],
  [`{ address: { rent: { isNull: true }, isNull: false } }`, 1],
  [`{ not: { address: { city: { eq: "Ulm" } } } }`, 0],
  [`{ feature: { isNull: false } }`, 1],
])("filter %s finds %i", async (filter, count) => {
  const { data, text } = await ask(`{ things(filter: ${filter}) { totalCount } }`);
  expect({ data, text }).toMatchObject({ data: { things: { totalCount: count } } });
});

test("lists are ordered by parts", async () => {
  const order = `[{ address: { geo: { latitude: DESC } } }, { price: ASC }, { takes: DESC }]`;
  const { data, text } = await ask(`{ things(orderBy: ${order}) { nodes { name } } }`);
  expect({ data, text }).toMatchObject({ data: { things: { nodes: [{ name: "a" }] } } });
  const two = await ask(`{ things(orderBy: [{ address: { city: ASC, fee: ASC } }]) { nodes { name } } }`);
  expect(two.errors?.[0]?.extensions).toMatchObject({ code: "invalid_input" });
});
