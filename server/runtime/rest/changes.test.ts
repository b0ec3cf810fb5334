import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { companyId, dealId, fill, type SalesApp, salesApp } from "../graphql/testing/salesApp.ts";
import { type RestClient, restClient } from "./testing/restClient.ts";

let app: SalesApp;
let rest: RestClient;

beforeAll(async () => {
  app = await salesApp();
  rest = restClient(app);
});
beforeEach(() => fill(app));
afterAll(() => app[Symbol.asyncDispose]());

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe("create", () => {
  test("answers the new record with what the database filled in, and where it is", async () => {
    const { status, body, headers } = await rest.send("POST", "/deals", { title: "New", companyId: companyId(1) });
    expect(status).toBe(201);
    expect(body).toMatchObject({ title: "New", stage: "lead", amount: null, companyId: companyId(1) });
    expect(body.id).toMatch(uuid);
    expect(Date.now() - Date.parse(body.createdAt)).toBeLessThan(60_000);
    expect(headers.get("location")).toBe(`/apps/served/rest/v1/deals/${body.id}`);
    expect((await rest.get(`/deals/${body.id}`)).body).toEqual(body);
  });

  test("keeps every value exactly as it was given", async () => {
    const given = {
      id: "0198C5F2-7B1E-7C3A-9D4E-2F6A8B0C1D2E",
      title: 'Quote " back \\ slash \u2028 🐘',
      stage: "won",
      amount: 1234567.5,
      quantity: -2147483648,
      points: "-9223372036854775808",
      ratio: "0.10000000000000000000000000000000000001",
      hot: false,
      closedOn: "2024-02-29",
      createdAt: "2024-01-01T00:30:00.000001+01:00",
      token: "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
      extra: { 'a"b': [1, 2.5, "x", null, true], deep: { er: {} } },
      companyId: companyId(2),
      ownerId: 1,
    };
    const { body, text } = await rest.send("POST", "/deals", given);
    expect(body).toEqual({
      ...given,
      id: given.id.toLowerCase(),
      token: given.token.toLowerCase(),
      amount: "1234567.50",
      createdAt: "2023-12-31T23:30:00.000001Z",
    });
    expect(text).toContain('"points":"-9223372036854775808"');
  });

  test("keeps digits of JSON numbers that JavaScript would lose", async () => {
    const { body, text } = await rest.send(
      "POST",
      "/deals",
      `{"title":"Big","companyId":"${companyId(1)}","points":9007199254740993,"ratio":0.1234567890123456789,"extra":[9007199254740993]}`,
    );
    expect(body).toMatchObject({ points: "9007199254740993", ratio: "0.1234567890123456789" });
    expect(text).toContain("[9007199254740993]");
  });

  test("takes and shows a renamed choice by its name, and keeps what is stored", async () => {
    const { body } = await rest.send("POST", "/companies", { name: "Dune", size: "large" });
    expect(body.size).toBe("large");
    expect(await app.sql`select size from companies where id = ${body.id}`).toEqual([{ size: "L" }]);
  });

  test("takes keys that have no default, and refuses to go without", async () => {
    expect((await rest.send("POST", "/tags", { id: "a/b?c d", colour: null })).status).toBe(201);
    expect((await rest.get("/tags/a%2Fb%3Fc%20d")).body).toEqual({ id: "a/b?c d", colour: null });
    const { status, body } = await rest.send("POST", "/tags", { colour: "blue" });
    expect([status, body.errors]).toEqual([422, [{ field: "id", rule: "required", message: "Give a value." }]]);
    const numbered = await rest.send("POST", "/people", { id: 77, name: "Dan" });
    expect(numbered.body.errors).toMatchObject([{ field: "id", rule: "readOnly" }]);
  });

  test("links at once, and shows the links as they then are", async () => {
    const path = "/deals?include=tags,company&fields=title&fields[company]=name";
    const { status, body } = await rest.send("POST", path, {
      title: "Linked",
      companyId: companyId(1),
      tags: ["vip", "hot", "vip"],
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      title: "Linked",
      tags: [
        { id: "hot", colour: "red" },
        { id: "vip", colour: null },
      ],
      company: { name: "Acme" },
    });
  });

  test("many at once, in the order given, with the defaults of each", async () => {
    const { status, body } = await rest.send("POST", "/deals?fields=title,stage,amount,quantity", [
      { title: "One", companyId: companyId(1), stage: "won" },
      { title: "Two", companyId: companyId(2), amount: "2.50", createdAt: "2020-01-01T00:00:00Z" },
      { title: "Three", companyId: companyId(3), quantity: null },
    ]);
    expect(status).toBe(201);
    expect(body).toEqual([
      { title: "One", stage: "won", amount: null, quantity: null },
      { title: "Two", stage: "lead", amount: "2.50", quantity: null },
      { title: "Three", stage: "lead", amount: null, quantity: null },
    ]);
    const rows =
      await app.sql`select created_at < now() - interval '1 year' as old from deals where title in ('One', 'Two', 'Three') order by title`;
    expect(rows.map(({ old }) => old)).toEqual([false, false, true]);
  });

  test("many at once or none", async () => {
    const rows = [
      { title: "Good", companyId: companyId(1) },
      { title: "Bad", companyId: dealId(1) },
    ];
    expect((await rest.send("POST", "/deals", rows)).status).toBe(422);
    const { body } = await rest.send("POST", "/deals", [{ title: "x", compnyId: 1 }, { title: "Good" }, []]);
    expect(body).toMatchObject({ code: "invalid_request" });
    const all = await rest.send("POST", "/deals", [{ title: "x", compnyId: 1 }, { title: "Good" }]);
    expect(all.status).toBe(400);
    expect(all.body.errors.map(({ field, rule }: { field: string; rule: string }) => `${field} ${rule}`)).toEqual([
      "0.title minLength",
      "0.compnyId unknown",
      "0.companyId required",
      "1.companyId required",
    ]);
    expect((await rest.get("/deals?count=exact")).body.count).toBe(6);
  });
});

describe("update", () => {
  test("changes what is given and leaves the rest", async () => {
    const { status, body } = await rest.send("PATCH", `/deals/${dealId(1)}`, { amount: "7.5", ownerId: null });
    expect(status).toBe(200);
    expect(body).toMatchObject({ title: "Alpha", amount: "7.50", ownerId: null });
    expect((await rest.send("PATCH", `/deals/${dealId(1)}`, {})).body).toEqual(body);
  });

  test.each([
    [{ tags: ["vip"] }, ["vip"]],
    [{ tags: [] }, []],
    [{ tags: { add: ["vip", "hot"] } }, ["hot", "new", "vip"]],
    [{ tags: { remove: ["hot"], add: ["vip"] } }, ["new", "vip"]],
    [{ title: "Also", tags: ["new", "vip"] }, ["new", "vip"]],
  ])("sets, adds and removes links: %j", async (input, expected) => {
    const { status, body } = await rest.send("PATCH", `/deals/${dealId(1)}?include=tags`, input);
    expect([status, body.tags.map(({ id }: { id: string }) => id)]).toEqual([200, expected]);
    expect((await rest.get(`/deals/${dealId(2)}?include=tags`)).body.tags).toHaveLength(1);
    // The other side sees the same.
    const sides = await rest.get(`/tags?filter[deals.id]=${dealId(1)}`);
    expect(sides.body.data.map(({ id }: { id: string }) => id)).toEqual(expected);
  });

  test("refuses the key and what there is not, all at once", async () => {
    const { status, body } = await rest.send("PATCH", `/deals/${dealId(1)}`, {
      id: dealId(9),
      titel: "x",
      company: companyId(1),
      amount: "-1.234",
      title: null,
      tags: ["much too long a key", 5],
    });
    expect([status, body.code]).toEqual([400, "unknown_field"]);
    expect(body.errors.map(({ field, rule }: { field: string; rule: string }) => `${field} ${rule}`)).toEqual([
      "id readOnly",
      "titel unknown",
      "company unknown",
      "amount min",
      "amount scale",
      "title required",
      "tags.1 type",
    ]);
  });
});

describe("destroy", () => {
  test("takes the record away and its links with it", async () => {
    const gone = await rest.send("DELETE", `/deals/${dealId(1)}`);
    expect([gone.status, gone.text]).toEqual([204, ""]);
    expect((await rest.get(`/deals/${dealId(1)}`)).status).toBe(404);
    expect((await rest.send("DELETE", `/deals/${dealId(1)}`)).status).toBe(404);
    expect(await app.sql`select from deal_tags where deal_id = ${dealId(1)}`).toHaveLength(0);
  });

  test("is refused while others refer to the record, with their names", async () => {
    const { status, body } = await rest.send("DELETE", `/companies/${companyId(3)}`);
    expect([status, body.code]).toEqual([409, "conflict"]);
    expect(body.detail).toBe("Records of Deal refer to this Company. Change or delete them first.");
    await app.sql`delete from deals`;
    const parent = await rest.send("DELETE", `/companies/${companyId(1)}`);
    expect(parent.body.detail).toBe("Records of Company refer to this Company. Change or delete them first.");
  });

  test("takes references away where the model says so", async () => {
    expect((await rest.send("DELETE", "/people/3")).status).toBe(204);
    expect((await rest.get(`/deals/${dealId(5)}`)).body.ownerId).toBeNull();
  });
});

describe("rules of the database", () => {
  test("a value that must be unique is refused with its field", async () => {
    const token = "00000000-0000-4000-8000-000000000001";
    const { status, body } = await rest.send("PATCH", `/deals/${dealId(2)}`, { token });
    expect([status, body.code, body.errors]).toEqual([
      409,
      "conflict",
      [{ field: "token", rule: "unique", message: "Another record has this value." }],
    ]);
  });

  test("a combination that must be unique is refused with all its fields", async () => {
    const { body } = await rest.send("POST", "/companies", { name: "Acme", city: "Berlin" });
    expect(body.errors).toEqual([
      { field: "name", rule: "unique", message: "Another record has this combination of name and city." },
      { field: "city", rule: "unique", message: "Another record has this combination of name and city." },
    ]);
    const key = await rest.send("POST", "/tags", { id: "hot" });
    expect(key.body.errors).toMatchObject([{ field: "id", rule: "unique" }]);
  });

  test("a reference to what there is not is refused with its field", async () => {
    const { status, body } = await rest.send("POST", "/deals", { title: "Lost", companyId: dealId(1) });
    expect([status, body.errors]).toEqual([
      422,
      [{ field: "companyId", rule: "exists", message: "There is no record with this key." }],
    ]);
    const links = await rest.send("PATCH", `/deals/${dealId(1)}`, { tags: ["nowhere"] });
    expect([links.status, links.body.errors]).toMatchObject([422, [{ field: "tags", rule: "exists" }]]);
    const owner = await rest.send("PATCH", `/deals/${dealId(1)}`, { ownerId: 99 });
    expect(owner.body.errors).toMatchObject([{ field: "ownerId", rule: "exists" }]);
  });
});

describe("values", () => {
  test.each([
    ["title", "a", "minLength"],
    ["title", "a<b", "pattern"],
    ["title", 5, "type"],
    ["title", "a\u0000b", "type"],
    ["title", "", "minLength"],
    ["stage", "open", "choice"],
    ["stage", 1, "choice"],
    ["amount", "-0.01", "min"],
    ["amount", "1e3", "type"],
    ["amount", "1234567890123.00", "precision"],
    ["amount", "0.001", "scale"],
    ["amount", true, "type"],
    ["quantity", 2147483648, "type"],
    ["quantity", 1.5, "type"],
    ["quantity", "5", "type"],
    ["points", "9223372036854775808", "type"],
    ["points", 1.5, "type"],
    ["ratio", "1,5", "type"],
    ["hot", "true", "type"],
    ["hot", 1, "type"],
    ["closedOn", "2023-02-29", "type"],
    ["closedOn", "01.02.2023", "type"],
    ["createdAt", "2024-01-01T00:00:00", "type"],
    ["createdAt", "2024-01-01T00:00:00.0000001Z", "type"],
    ["createdAt", null, "required"],
    ["token", "not-a-uuid", "type"],
    ["extra", { a: "\u0000" }, "json"],
    ["companyId", "1", "type"],
    ["ownerId", "1", "type"],
  ])("%s: %j breaks the rule %s", async (field, value, rule) => {
    const { status, body } = await rest.send("PATCH", `/deals/${dealId(1)}`, { [field]: value });
    expect([status, body.code]).toEqual([422, "invalid_input"]);
    expect(body.errors).toMatchObject([{ field, rule }]);
  });

  test("half a character is no text", async () => {
    const { body } = await rest.send("PATCH", `/deals/${dealId(1)}`, '{"title":"a\\ud83d","extra":["\\udc00"]}');
    expect(body.errors).toMatchObject([
      { field: "title", rule: "type" },
      { field: "extra", rule: "json" },
    ]);
  });

  test("lengths count characters, not the bytes or units that hold them", async () => {
    const elephants = "🐘".repeat(80);
    expect((await rest.send("POST", "/companies", { name: elephants })).status).toBe(201);
    const { body } = await rest.send("POST", "/companies", { name: `${elephants}!` });
    expect(body.errors).toMatchObject([{ field: "name", rule: "maxLength" }]);
  });
});
