import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { attribute, belongsTo, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type RestClient, restClient } from "../rest/testing/restClient.ts";

const integer = { kind: "integer" } as const;
const worked = (expression: string) => ({ default: { kind: "expression", expression } }) as const;

/** Lines take their price from their product, and their total from what was given and that price. */
const model: Model = {
  app: { name: "Shop" },
  resources: [
    resource("Product", {
      plural: "products",
      key: attribute("id", { type: integer, required: true, unique: true }),
      attributes: [attribute("price", { type: integer })],
      relationships: [{ kind: "hasMany", name: "lines", target: "Line", via: "product" }],
    }),
    resource("Line", {
      plural: "lines",
      key: attribute("id", {
        type: integer,
        required: true,
        unique: true,
        default: { kind: "generated" },
      }),
      attributes: [
        attribute("code", { type: integer, unique: true }),
        attribute("price", { type: integer, required: true, ...worked("product.price") }),
        attribute("place", { type: integer, ...worked("count(product.lines)") }),
        attribute("doubled", { type: integer }),
      ],
      relationships: [{ ...belongsTo("product", "Product"), required: true }],
      validations: [{ expression: "price > 0", message: "Nothing is for free.", field: "price" }],
      definedActions: [
        { name: "enter", type: "create", accept: ["productId"], set: [{ field: "doubled", expression: "price * 2" }] },
        { name: "put", type: "create", accept: ["code", "product"], upsert: ["code"] },
      ],
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
  await app.sql`truncate products, lines restart identity`;
  await app.sql`insert into products (id, price) values (1, 7), (2, 0)`;
});

test("a default takes what it says from related records, unless a value is given", async () => {
  expect((await rest.send("POST", "/lines", { productId: 1 })).body).toMatchObject({ price: 7, place: 0 });
  expect((await rest.send("POST", "/lines", { productId: 1, price: 5 })).body).toMatchObject({ price: 5, place: 1 });
  expect((await rest.send("POST", "/lines", { productId: 1, place: null })).body).toMatchObject({ place: null });
});

test("what an action sets, upserts and lists see it too", async () => {
  expect((await rest.send("POST", "/lines:enter", { productId: 1 })).body).toMatchObject({ price: 7, doubled: 14 });
  expect((await rest.send("POST", "/lines:put", { productId: 1, code: 3 })).body).toMatchObject({ price: 7, code: 3 });
  const list = await rest.send("POST", "/lines", [{ productId: 1 }, { productId: 1, price: 3 }]);
  expect(list.body.map(({ price }: { readonly price: number }) => price)).toEqual([7, 3]);
  const plain = await rest.send("POST", "/lines", [{ productId: 1 }, { productId: 1 }]);
  expect(plain.body.map(({ price }: { readonly price: number }) => price)).toEqual([7, 7]);
});

test("it is checked as a given value is", async () => {
  const free = await rest.send("POST", "/lines", { productId: 2 });
  expect([free.status, free.body.errors]).toEqual([
    422,
    [{ field: "price", rule: "check", message: "Nothing is for free." }],
  ]);
});
