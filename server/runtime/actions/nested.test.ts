import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type RestClient, restClient } from "../rest/testing/restClient.ts";
import { dealsModel } from "./testing/dealsModel.ts";

let app: ServedApp;
let rest: RestClient;

beforeAll(async () => {
  app = await servedApp(dealsModel);
  rest = restClient(app);
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(async () => {
  await app.sql`truncate deals, companies, lines, tags, deal_tags, contacts restart identity cascade`;
});

const counts = async () => {
  const [row] = await app.sql`select (select count(*) from deals)::int as deals,
    (select count(*) from companies)::int as companies, (select count(*) from lines)::int as lines`;
  return row;
};

describe("a record with others in it", () => {
  test("is created with them, those that it refers to first", async () => {
    const { status, body } = await rest.send("POST", "/deals?include=company,lines", {
      title: "Whole",
      amount: "5",
      company: { name: "New", credit: 10 },
      lines: [
        { product: "A", price: "1.50" },
        { product: "B", price: "2" },
      ],
    });
    expect(status).toBe(201);
    expect(body.company).toMatchObject({ id: body.companyId, name: "New" });
    expect(body.lines).toMatchObject([
      { product: "A", price: "1.50", quantity: 1, dealId: body.id },
      { product: "B", price: "2.00" },
    ]);
    const company = await rest.send("POST", "/companies", { name: "Other", deals: [{ title: "Inner" }] });
    expect(company.status).toBe(201);
    expect((await rest.get(`/companies/${company.body.id}/deals`)).body.data).toMatchObject([
      { title: "Inner", label: "INNER/apiKey" },
    ]);
  });

  test("is refused with all that is wrong with any, by its place", async () => {
    const { status, body } = await rest.send("POST", "/deals", {
      title: "x",
      company: { name: "Acme", code: 5 },
      lines: [{ product: "A", price: "-1" }, { price: "600" }, { product: "C", price: "600" }],
    });
    expect(status).toBe(422);
    expect(body.errors.map(({ field, rule }: { field: string; rule: string }) => [field, rule])).toEqual([
      ["title", "minLength"],
      ["company.code", "type"],
      ["company.name", "check"],
      ["lines.0.price", "min"],
      ["lines.1.product", "required"],
      ["lines.1.price", "check"],
      ["lines.2.price", "check"],
    ]);
  });

  test("is checked when all of them are there, and leaves nothing when it is refused", async () => {
    const before = await counts();
    const { status, body } = await rest.send("POST", "/deals", {
      title: "Whole",
      amount: "11",
      company: { name: "New", credit: 10 },
      lines: [
        { product: "A", price: "1" },
        { product: "B", price: "1" },
        { product: "A", price: "1" },
      ],
    });
    expect(status).toBe(422);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual([
      "amount",
      "lines.0.product",
      "lines.2.product",
    ]);
    expect(await counts()).toEqual(before);
  });

  test.each([
    [{ company: [{ name: "x" }] }, "company"],
    [{ lines: { product: "A" } }, "lines"],
    [{ lines: [{ product: "A", price: "1", deal: {} }] }, "lines.0.deal"],
    [{ tags: [{ name: "x" }] }, "tags.0"],
    [{ lines: Array.from({ length: 501 }, () => ({ product: "A", price: "1" })) }, "lines"],
  ])("%# is refused at its place", async (part, field) => {
    const { status, body } = await rest.send("POST", "/deals", { title: "Whole", ...part });
    expect([400, 422]).toContain(status);
    expect(body.errors[0].field).toBe(field);
  });

  test("tells at its place what the database has against one of them", async () => {
    await rest.send("POST", "/companies", { name: "Old", code: "X" });
    const { status, body } = await rest.send("POST", "/deals", { title: "Whole", company: { name: "New", code: "X" } });
    expect([status, body.code, body.errors[0].field]).toEqual([409, "conflict", "company.code"]);
    const inner = {
      name: "Two",
      deals: [
        { title: "Fine", probability: 5 },
        { title: "Fine", id: 1 },
      ],
    };
    expect((await rest.send("POST", "/companies", inner)).status).toBe(422);
    expect(await counts()).toEqual({ deals: 0, companies: 1, lines: 0 });
  });

  test("is created without them where there are none", async () => {
    const { status } = await rest.send("POST", "/deals", { title: "Whole", lines: [] });
    expect([status, (await counts())?.lines]).toEqual([201, 0]);
  });
});

describe("preferences", () => {
  const send = (path: string, method: string, { prefer, body }: { prefer: string; body?: object }) =>
    app.fetch(`/rest/v1${path}`, {
      method,
      headers: { prefer, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });

  test("return=minimal answers no body", async () => {
    const made = await send("/deals", "POST", { prefer: "return=minimal", body: { title: "Fine" } });
    expect([made.status, await made.text(), made.headers.get("preference-applied")]).toEqual([
      201,
      "",
      "return=minimal",
    ]);
    expect(made.headers.get("location")).toMatch(/\/deals\/1$/);
    const changed = await send("/deals/1", "PATCH", { prefer: "return=minimal", body: { title: "Finer" } });
    expect(changed.status).toBe(204);
    expect((await rest.get("/deals/1")).body.title).toBe("Finer");
  });

  test("tx=rollback tries a change and undoes it", async () => {
    const tried = { prefer: "tx=rollback", body: { title: "Fine", company: { name: "New" } } };
    const made = await send("/deals", "POST", tried);
    expect([made.status, made.headers.get("preference-applied")]).toEqual([201, "tx=rollback"]);
    expect(await made.json()).toMatchObject({ title: "Fine" });
    expect(await counts()).toEqual({ deals: 0, companies: 0, lines: 0 });
    expect((await send("/deals", "POST", { ...tried, body: { title: "x", company: { name: "y" } } })).status).toBe(422);
    await rest.send("POST", "/deals", { title: "Fine" });
    expect((await send("/deals?filter=all&max-affected=1", "DELETE", { prefer: "tx=rollback" })).status).toBe(200);
    expect((await counts())?.deals).toBe(1);
  });
});
