import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, belongsTo, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";

const everything = [{ effect: "allow", actions: ["*"], expression: "true" }] as const;

const model: Model = {
  app: { name: "Agency" },
  resources: [
    resource("Customer", {
      plural: "customers",
      key: attribute("id", { type: { kind: "integer" }, required: true, unique: true }),
      relationships: [{ kind: "hasMany", name: "jobs", target: "Job", via: "customer" }],
      aggregates: [{ name: "jobCount", function: "count", path: ["jobs"] }],
      policies: everything,
    }),
    resource("Job", {
      plural: "jobs",
      attributes: [attribute("title", { type: { kind: "text" } })],
      relationships: [{ ...belongsTo("customer", "Customer"), required: true }],
      policies: everything,
      features: { tenant: "customer" },
    }),
  ],
};

let app: ServedApp;
beforeAll(async () => {
  app = await servedApp(model);
  await app.sql`insert into customers (id) values (1), (2)`;
  await app.sql`insert into jobs (title, customer_id) values ('one', 1), ('two', 2), ('three', 2)`;
});
afterAll(() => app[Symbol.asyncDispose]());

/** A request of somebody who belongs to a customer. */
async function as(tenant: string | null, path: string, init: RequestInit = {}) {
  const actor = JSON.stringify({ id: "7", kind: "user", roles: [], tenant });
  const headers = { ...init.headers, "content-type": "application/json", "gantry-act-as": actor };
  const response = await app.fetch(`/rest/v1${path}`, { ...init, headers });
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text) };
}

const titles = ({ body }: Awaited<ReturnType<typeof as>>) =>
  body.data.map(({ title }: { readonly title: string }) => title).sort();

test("everyone sees the records of their own tenant and no others, whatever the policies allow", async () => {
  expect(titles(await as("1", "/jobs"))).toEqual(["one"]);
  expect(titles(await as("2", "/jobs?count=exact"))).toEqual(["three", "two"]);
  expect(titles(await as("2", "/customers/2/jobs"))).toEqual(["three", "two"]);
  expect(titles(await as("2", "/customers/1/jobs"))).toEqual([]);
});

test("whoever has no tenant sees none", async () => {
  expect(titles(await as(null, "/jobs"))).toEqual([]);
});

test("what is counted of other tenants is nothing", async () => {
  const { body } = await as("1", "/customers?fields=id,jobCount&sort=id");
  expect(body.data).toEqual([
    { id: 1, jobCount: 1 },
    { id: 2, jobCount: 0 },
  ]);
});

test("the records of others are not there to be changed", async () => {
  const [job] = await app.sql`select id from jobs where title = 'two'`;
  const change = { method: "PATCH", body: JSON.stringify({ title: "mine" }) };
  expect((await as("1", `/jobs/${job?.id}`, change)).status).toBe(404);
  expect((await as("1", `/jobs/${job?.id}`, { method: "DELETE" })).status).toBe(404);
});

test("nothing is made for others, nor moved to them", async () => {
  const foreign = { method: "POST", body: JSON.stringify({ title: "new", customerId: 2 }) };
  expect((await as("1", "/jobs", foreign)).status).toBe(403);
  const [job] = await app.sql`select id from jobs where title = 'one'`;
  const moved = { method: "PATCH", body: JSON.stringify({ customerId: 2 }) };
  expect((await as("1", `/jobs/${job?.id}`, moved)).status).toBe(403);
});
test("a new record belongs to the tenant of who makes it", async () => {
  const { status, body } = await as("2", "/jobs", { method: "POST", body: JSON.stringify({ title: "new" }) });
  expect([status, body.customerId]).toEqual([201, 2]);
});
