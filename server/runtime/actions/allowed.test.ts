import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Model, Policy } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import type { Json } from "../rest/testing/restClient.ts";
import { dealsModel } from "./testing/dealsModel.ts";

const allow = (actions: readonly string[], expression: string): Policy => ({ effect: "allow", actions, expression });

/** Anyone may subscribe and look; only managers change, and nobody what is locked. */
const model: Model = {
  ...dealsModel,
  resources: dealsModel.resources.map((resource) => {
    switch (resource.name) {
      case "Contact":
        return {
          ...resource,
          definedActions: (resource.definedActions ?? []).filter(({ name }) => name !== "update"),
          policies: [
            allow(["read", "subscribe"], "true"),
            allow(["create"], "visits < 10"),
            allow(["update"], "'manager' in actor.roles && !locked"),
          ],
        };
      case "Line":
        return { ...resource, policies: [allow(["read"], "true"), allow(["create"], "deal.title != 'Closed'")] };
      case "Deal":
        return {
          ...resource,
          policies: [
            allow(["read", "create", "qualify"], "true"),
            allow(["update", "destroy", "win"], "'manager' in actor.roles"),
            { effect: "forbid", actions: ["update"], expression: "amount > 100.0" },
          ],
        };
      default:
        return { ...resource, policies: [allow(["*"], "true")] };
    }
  }),
};

let app: ServedApp;

beforeAll(async () => {
  app = await servedApp(model);
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(async () => {
  await app.sql`truncate deals, companies, lines, tags, deal_tags, contacts restart identity cascade`;
});

async function send(roles: readonly string[], method: string, path: string, body?: unknown): Promise<Json> {
  const response = await app.fetch(`/rest/v1${path}`, {
    method,
    headers: { "content-type": "application/json", "gantry-act-as": JSON.stringify({ id: null, roles }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text) };
}

const ada = { email: "ada@example.com", name: "Ada" };

test("an upsert does to the record that is there what an update may", async () => {
  expect((await send([], "PUT", "/contacts?by=email", ada)).status).toBe(201);
  const other = await send([], "PUT", "/contacts?by=email", { ...ada, name: "Eve" });
  expect([other.status, other.body.errors?.[0].field]).toEqual([409, "email"]);
  expect((await send([], "POST", "/contacts:subscribe", { ...ada, name: "Eve" })).status).toBe(409);
  expect((await send([], "GET", "/contacts/1")).body.name).toBe("Ada");
  expect((await send(["manager"], "PUT", "/contacts?by=email", { ...ada, name: "Eve" })).status).toBe(200);
  await app.sql`update contacts set locked = true`;
  expect((await send(["manager"], "PUT", "/contacts?by=email", ada)).status).toBe(409);
  expect((await send([], "GET", "/contacts/1")).body.name).toBe("Eve");
});

test("a new record has to be one that may be created", async () => {
  const { status, body } = await send([], "PUT", "/contacts?by=email", { ...ada, visits: 10 });
  expect([status, body.code]).toEqual([403, "forbidden"]);
  expect((await send([], "POST", "/contacts", [{ email: "a@b.de" }, { ...ada, visits: 10 }])).status).toBe(403);
  expect((await send([], "GET", "/contacts?count=exact")).body.count).toBe(0);
});

test("records inside of a new one are asked for as well, when all of them are there", async () => {
  const deal = (title: string) => ({ title, lines: [{ product: "A", price: "1" }] });
  expect((await send([], "POST", "/deals", deal("Open"))).status).toBe(201);
  const { status, body } = await send([], "POST", "/deals", deal("Closed"));
  expect([status, body.code, body.errors[0].field]).toEqual([403, "forbidden", "lines.0"]);
  expect((await send([], "GET", "/deals?count=exact")).body.count).toBe(1);
});

test("named actions and changes of many reach what they may", async () => {
  await send([], "POST", "/deals", [
    { title: "One", amount: "10" },
    { title: "Two", amount: "200" },
  ]);
  expect((await send([], "POST", "/deals:qualify", { ids: [1] })).body).toEqual({ affected: 1 });
  // A policy for updates is one for all actions of that type.
  expect((await send([], "POST", "/deals:qualify", { ids: [2] })).status).toBe(404);
  expect((await send([], "POST", "/deals/1/win")).status).toBe(403);
  expect((await send(["manager"], "POST", "/deals/1/win")).status).toBe(200);
  const all = "/deals?filter=all&max-affected=9";
  expect((await send([], "PATCH", all, { title: "New" })).status).toBe(403);
  expect((await send(["manager"], "PATCH", all, { title: "New" })).body).toEqual({ affected: 1 });
  const over = await send(["manager"], "PATCH", all, { amount: "500", probability: 90 });
  expect([over.status, over.body.errors[0].key]).toEqual([403, "1"]);
  expect((await send([], "GET", "/deals?sort=id&fields=title,amount")).body.data).toEqual([
    { title: "New", amount: "10.00" },
    { title: "Two", amount: "200.00" },
  ]);
});
