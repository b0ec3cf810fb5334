import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { dealsModel } from "../actions/testing/dealsModel.ts";

let app: ServedApp;

beforeAll(async () => {
  app = await servedApp(dealsModel);
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(async () => {
  await app.sql`truncate deals, contacts, companies, gantry_once restart identity cascade`;
});

interface Sent {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Given {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  readonly body: any;
  readonly headers: Headers;
}

async function send(method: string, path: string, { key, headers = {}, body }: Sent = {}): Promise<Given> {
  const response = await app.fetch(path.startsWith("/graphql") ? path : `/rest/v1${path}`, {
    method,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(key !== undefined && { "idempotency-key": key }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    body: text === "" ? null : JSON.parse(text),
    headers: response.headers,
  };
}

const isReplayed = ({ headers }: Given) => headers.get("idempotency-replayed") === "true";
const newKey = () => `"${randomUUID()}"`;

async function countOf(table: "companies" | "contacts" | "deals" | "gantry_once"): Promise<number> {
  const [row] = await app.sql<{ count: number }[]>`select count(*)::int as count from ${app.sql(table)}`;
  return row?.count ?? 0;
}

const acme = { body: { name: "Apex" } };

/** Sends the same request twice: the second answer is the first one, and says so. */
async function twice(method: string, path: string, sent: Sent = {}): Promise<Given> {
  const key = newKey();
  const first = await send(method, path, { ...sent, key });
  const second = await send(method, path, { ...sent, key });
  expect(first.status, first.text).toBeLessThan(300);
  expect([second.status, second.text]).toEqual([first.status, first.text]);
  for (const name of ["location", "etag", "content-type", "preference-applied"]) {
    expect(second.headers.get(name)).toBe(first.headers.get(name));
  }
  expect([isReplayed(first), isReplayed(second)]).toEqual([false, true]);
  return second;
}

describe("a change with a key happens once", () => {
  test("creates", async () => {
    const { status, headers } = await twice("POST", "/companies", acme);
    expect([status, headers.get("location")]).toEqual([201, "/apps/served/rest/v1/companies/1"]);
    expect(await countOf("companies")).toBe(1);
  });

  test("creates that answer nothing", async () => {
    await twice("POST", "/companies", { ...acme, headers: { prefer: "return=minimal" } });
    expect(await countOf("companies")).toBe(1);
  });

  test("creates of many, and of records inside of others", async () => {
    await twice("POST", "/companies", { body: [{ name: "One" }, { name: "Two" }] });
    await twice("POST", "/companies", { body: { name: "Three", deals: [{ title: "First" }] } });
    expect([await countOf("companies"), await countOf("deals")]).toEqual([3, 1]);
  });

  test("actions, which could not be done twice", async () => {
    const { id } = (await send("POST", "/deals", { body: { title: "Deal", amount: "5" } })).body;
    expect((await twice("POST", `/deals/${id}/qualify`)).body.stage).toBe("qualified");
    expect((await twice("POST", "/deals:win", { body: { ids: [id] } })).body).toEqual({ affected: 1 });
    expect((await send("POST", `/deals/${id}/win`)).body.code).toBe("illegal_transition");
    expect((await twice("POST", "/deals:register", { body: { title: "Other" } })).status).toBe(201);
  });

  test("updates, which do not come back over later ones", async () => {
    await send("POST", "/companies", acme);
    const key = newKey();
    await send("PATCH", "/companies/1", { key, body: { name: "Bolt" } });
    await send("PATCH", "/companies/1", { body: { name: "Core" } });
    const again = await send("PATCH", "/companies/1", { key, body: { name: "Bolt" } });
    expect([again.body.name, isReplayed(again)]).toEqual(["Bolt", true]);
    expect((await send("GET", "/companies/1")).body.name).toBe("Core");
  });

  test("deletes", async () => {
    await send("POST", "/companies", acme);
    expect((await twice("DELETE", "/companies/1")).status).toBe(204);
  });

  test("upserts: the second is told what the first was told", async () => {
    const ada = { email: "ada@example.com", name: "Ada" };
    expect((await twice("PUT", "/contacts?by=email", { body: ada })).status).toBe(201);
    expect((await twice("PUT", "/contacts?by=email", { body: ada })).status).toBe(200);
  });

  test("changes of many", async () => {
    await send("POST", "/companies", { body: [{ name: "One" }, { name: "Two" }] });
    const path = "/companies?filter[name][eq]=One&max-affected=5";
    expect((await twice("PATCH", path, { body: { name: "Other" } })).body).toEqual({ affected: 1 });
    expect((await twice("DELETE", "/companies?filter=all&max-affected=5")).body).toEqual({ affected: 2 });
  });
});

test("fifty at once make one record; each is answered alike or told to wait", async () => {
  const key = newKey();
  const answers = await Promise.all(Array.from({ length: 50 }, () => send("POST", "/companies", { ...acme, key })));
  expect(await countOf("companies")).toBe(1);
  const done = answers.filter(({ status }) => status === 201);
  expect(done.length).toBeGreaterThan(0);
  expect(new Set(done.map(({ text }) => text)).size).toBe(1);
  expect(done.filter((answer) => !isReplayed(answer))).toHaveLength(1);
  const early = answers.filter(({ status }) => status !== 201);
  for (const { status, body, headers } of early) {
    expect([status, body.code, headers.get("retry-after")]).toEqual([409, "request_in_flight", "1"]);
  }
  expect(isReplayed(await send("POST", "/companies", { ...acme, key }))).toBe(true);
});

test("a key under way is refused, and free again when that came to nothing", async () => {
  const key = newKey();
  const held = await app.sql.reserve();
  await held`begin`;
  await held`lock table companies in access exclusive mode`;
  const first = send("POST", "/companies", { ...acme, key });
  const waiting = () =>
    app.sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  await expect.poll(waiting).toHaveLength(1);
  expect((await send("POST", "/companies", { ...acme, key })).body.code).toBe("request_in_flight");
  expect((await send("POST", "/contacts", { key, body: { email: "a@b.c", name: "A" } })).status).toBe(409);
  await held`rollback`;
  held.release();
  expect((await first).status).toBe(201);
});

describe("a key", () => {
  test("stands for one request: another method, path, query or body is refused", async () => {
    const key = newKey();
    expect((await send("POST", "/companies", { ...acme, key })).status).toBe(201);
    const others = [
      await send("POST", "/companies", { key, body: { name: "Apex " } }),
      await send("POST", "/companies?fields=id", { ...acme, key }),
      await send("POST", "/contacts", { key, body: { email: "a@example.com", name: "A" } }),
      await send("PATCH", "/companies/1", { ...acme, key }),
      await send("POST", "/companies", { ...acme, key, headers: { prefer: "return=minimal" } }),
    ];
    for (const { status, body } of others) {
      expect([status, body.code, body.errors[0].field]).toEqual([422, "idempotency_key_reused", "Idempotency-Key"]);
    }
    expect([await countOf("companies"), await countOf("contacts")]).toEqual([1, 0]);
  });

  test("is free again when its change was refused", async () => {
    const key = newKey();
    const early = await send("PATCH", "/companies/1", { key, body: { name: "Bolt" } });
    expect(early.status).toBe(404);
    await send("POST", "/companies", acme);
    const late = await send("PATCH", "/companies/1", { key, body: { name: "Bolt" } });
    expect([late.status, isReplayed(late)]).toEqual([200, false]);
    const bad = newKey();
    expect((await send("POST", "/companies", { key: bad, body: {} })).status).toBe(422);
    expect((await send("POST", "/companies", { ...acme, key: bad })).status).toBe(201);
  });

  test("is not used up by a change that is only tried", async () => {
    const key = newKey();
    const dry = { ...acme, key, headers: { prefer: "tx=rollback" } };
    for (const _ of [1, 2]) {
      const tried = await send("POST", "/companies", dry);
      expect([tried.status, isReplayed(tried)]).toEqual([201, false]);
    }
    expect([await countOf("companies"), await countOf("gantry_once")]).toEqual([0, 0]);
    expect((await send("POST", "/companies", { ...acme, key })).status).toBe(201);
  });

  test("expires after a day, and expired ones are cleared away", async () => {
    const keys = Array.from({ length: 12 }, newKey);
    for (const key of keys) await send("POST", "/companies", { ...acme, key });
    await app.sql`update gantry_once set at = now() - interval '25 hours'`;
    const again = await send("POST", "/companies", { body: { name: "Other" }, key: keys[0] ?? "" });
    expect([again.status, isReplayed(again)]).toEqual([201, false]);
    await send("POST", "/companies", { ...acme, key: newKey() });
    expect(await countOf("gantry_once")).toBe(2);
  });

  test("that is none is refused with a sentence", async () => {
    const { status, body } = await send("POST", "/companies", { ...acme, key: '"a", "b"' });
    expect([status, body.code, body.errors[0].rule]).toEqual([400, "invalid_request", "syntax"]);
    expect(await countOf("companies")).toBe(0);
  });

  test("does not go with tables, which nobody holds as a whole", async () => {
    const headers = { "content-type": "text/csv", "idempotency-key": newKey() };
    const response = await app.fetch("/rest/v1/companies", { method: "POST", headers, body: "name\nApex\n" });
    expect([response.status, (await response.json()).errors[0].field]).toEqual([400, "Idempotency-Key"]);
    expect(await countOf("companies")).toBe(0);
  });

  test("means nothing to reads", async () => {
    expect((await send("GET", "/companies", { key: "a b c" })).status).toBe(200);
  });
});

test("changes by GraphQL happen once as well, each of several", async () => {
  const key = newKey();
  const query = `mutation { a: createCompany(input: {name: "One"}) { result { id name } }
    b: createCompany(input: {name: "Two"}) { result { id name } } }`;
  const first = await send("POST", "/graphql", { key, body: { query } });
  const second = await send("POST", "/graphql", { key, body: { query } });
  expect(first.body.data).toMatchObject({ a: { result: { name: "One" } }, b: { result: { name: "Two" } } });
  expect(second.text).toBe(first.text);
  expect([isReplayed(first), isReplayed(second)]).toEqual([false, true]);
  expect(await countOf("companies")).toBe(2);
});

test("a database without the table is told of in a sentence", async () => {
  await app.sql`alter table gantry_once rename to gantry_later`;
  try {
    const { status, body } = await send("POST", "/companies", { ...acme, key: newKey() });
    expect([status, body.code, body.errors[0].field]).toEqual([400, "invalid_request", "Idempotency-Key"]);
    expect((await send("POST", "/companies", acme)).status).toBe(201);
  } finally {
    await app.sql`alter table gantry_later rename to gantry_once`;
  }
});

test("a change without a key is one statement, as ever", async () => {
  await send("POST", "/companies", acme);
  const { count } = await app.statements.during(() => send("POST", "/companies", acme));
  expect(count).toBe(1);
});
