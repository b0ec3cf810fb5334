import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { companyId, dealId, fill, type SalesApp, salesApp } from "../graphql/testing/salesApp.ts";

let app: SalesApp;

beforeAll(async () => {
  app = await salesApp();
});
beforeEach(() => fill(app));
afterAll(() => app[Symbol.asyncDispose]());

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

async function ask(path: string, { method = "GET", headers = {}, body }: Sent = {}) {
  const response = await app.fetch(`/rest/v1${path}`, {
    method,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const header = (name: string) => response.headers.get(name);
  return { status: response.status, text, body: text === "" ? null : JSON.parse(text), header };
}

describe("what a caller prefers", () => {
  const create = (prefer: string) =>
    ask("/tags", { method: "POST", headers: { prefer }, body: { id: crypto.randomUUID().slice(0, 8) } });

  test.each([
    ["return=minimal", 201, "return=minimal"],
    ["return=representation", 201, "return=representation"],
    ['Return="minimal", tx=rollback', 201, "return=minimal, tx=rollback"],
    ["return=minimal, return=representation", 201, "return=minimal"],
    ["handling=lenient, wait=10, return=little", 201, "handling=lenient"],
    ["respond-async", 201, null],
    ["handling=strict, return=minimal", 201, "handling=strict, return=minimal"],
    ["handling=strict, return=little", 400, null],
    ["handling=strict, retrun=minimal", 400, null],
  ])("%s: %i, applied: %s", async (prefer, status, applied) => {
    const answer = await create(prefer);
    expect([answer.status, answer.header("preference-applied")]).toEqual([status, applied]);
    expect(answer.text === "").toBe(applied?.includes("return=minimal") ?? false);
  });

  test("strictly: what is not understood is named, with what is", async () => {
    const { body } = await create("handling=strict, retrun=minimal, tx=rolback");
    expect(body.errors).toEqual([
      {
        field: "Prefer",
        rule: "unknown",
        message: "Did you mean return?",
        allowed: ["return", "tx", "handling", "max-affected"],
      },
      { field: "Prefer", rule: "unknown", message: "Did you mean tx=rollback?", allowed: ["tx=rollback", "tx=commit"] },
    ]);
  });

  test("a destroyed record is shown as it was where that is preferred", async () => {
    const path = `/deals/${dealId(1)}?fields=title,amount`;
    const { status, body } = await ask(path, { method: "DELETE", headers: { prefer: "return=representation" } });
    expect([status, body]).toEqual([200, { title: "Alpha", amount: "100.50" }]);
    expect((await ask(path)).status).toBe(404);
    expect((await ask(`/deals/${dealId(2)}`, { method: "DELETE" })).status).toBe(204);
  });
});

describe("an ETag of the bytes", () => {
  test.each(["/deals?sort=title", `/deals/${dealId(1)}?include=company`, `/companies/${companyId(1)}/deals`])(
    "of %s is told to those who ask, and spares the body when it is known",
    async (path) => {
      expect((await ask(path)).header("etag")).toBeNull();
      const first = await ask(path, { headers: { "if-none-match": '""' } });
      const etag = first.header("etag") ?? "";
      expect([first.status, etag]).toEqual([200, expect.stringMatching(/^W\/"[\w-]{27}"$/)]);
      const second = await ask(path, { headers: { "if-none-match": `"other", ${etag}` } });
      expect([second.status, second.text, second.header("etag")]).toEqual([304, "", etag]);
      await app.sql`update deals set title = title || '!', company_id = ${companyId(1)}`;
      const third = await ask(path, { headers: { "if-none-match": etag } });
      expect([third.status, third.header("etag") === etag]).toEqual([200, false]);
    },
  );

  test("is that of its form", async () => {
    const headers = { "if-none-match": '""' };
    const document = await ask(`/deals/${dealId(1)}`, { headers: { ...headers, accept: "application/vnd.api+json" } });
    const plain = await ask(`/deals/${dealId(1)}`, { headers });
    expect(document.header("etag")).not.toBe(plain.header("etag"));
  });
});

test("a condition that records without versions cannot be held to is not passed over", async () => {
  for (const method of ["PATCH", "DELETE"]) {
    const body = method === "PATCH" ? { title: "Changed" } : undefined;
    const refused = await ask(`/deals/${dealId(1)}`, { method, body, headers: { "if-match": '"3"' } });
    expect([refused.status, refused.body.code]).toEqual([412, "version_mismatch"]);
    expect((await ask(`/deals/${dealId(1)}`)).body.title).toBe("Alpha");
  }
  const any = { method: "PATCH", body: { title: "Changed" }, headers: { "if-match": "*" } };
  expect((await ask(`/deals/${dealId(1)}`, any)).status).toBe(200);
});

test("no more is a condition on versions of records that the request does not name", async () => {
  const match = { "if-match": '"1"' };
  const put = { method: "PUT", body: { name: "Acme", city: "Berlin" }, headers: match };
  const many = { method: "DELETE", headers: match };
  for (const answer of [
    await ask("/companies?by=name,city", put),
    await ask("/deals?filter=all&max-affected=9", many),
  ]) {
    expect([answer.status, answer.body.errors[0].field]).toEqual([412, "If-Match"]);
  }
  expect((await ask("/deals")).body.data).toHaveLength(6);
});

test("If-None-Match: * makes of an upsert a create alone", async () => {
  const put = (city: string) =>
    ask("/companies?by=name,city", {
      method: "PUT",
      body: { name: "Acme", city, size: "small" },
      headers: { "if-none-match": "*" },
    });
  const there = await put("Berlin");
  expect([there.status, there.body.code, there.body.errors[0].field]).toEqual([
    412,
    "version_mismatch",
    "If-None-Match",
  ]);
  expect((await ask(`/companies/${companyId(1)}`)).body.size).toBe("large");
  const made = await put("Ulm");
  expect([made.status, made.header("location")]).toEqual([201, expect.stringContaining(made.body.id)]);
  expect((await put("Ulm")).status).toBe(412);
});

test("HEAD tells what GET would, without its body", async () => {
  for (const path of ["/deals?page[size]=2", `/deals/${dealId(1)}`, `/deals/${dealId(1)}/owner`]) {
    const [get, head] = [await ask(path), await ask(path, { method: "HEAD" })];
    expect([head.status, head.text]).toEqual([200, ""]);
    for (const name of ["content-type", "content-length"]) expect(head.header(name)).toBe(get.header(name));
  }
  expect((await ask(`/deals/${dealId(99)}`, { method: "HEAD" })).status).toBe(404);
});

describe("parameters that there are not are refused, also of changes", () => {
  test.each([
    ["DELETE", `/deals/${dealId(1)}?feilds=title`, undefined, "Did you mean fields?"],
    ["PATCH", `/deals/${dealId(1)}?inclde=company`, {}, "Did you mean include?"],
    ["POST", "/tags?includ=deals", { id: "x" }, "Did you mean include?"],
    ["PATCH", "/deals?filtr[title]=x&max-affected=1", {}, "Did you mean filter?"],
    ["DELETE", "/deals?filter[title]=x&max-afected=1", undefined, "Say how many"],
    ["DELETE", "/deals?filter[title]=x&max-affected=1&sort=title", undefined, "A change of many"],
    ["PUT", "/companies?by=name,city&sot=x", { name: "A", city: "B" }, "There is no parameter sot here."],
  ])("%s %s", async (method, path, body, message) => {
    const { status, body: problem } = await ask(path, { method, body });
    expect(status).toBe(400);
    expect(problem.errors[0].message).toContain(message);
  });
});
