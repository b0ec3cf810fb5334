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

describe("validations", () => {
  test("of given values are told together with errors of the input", async () => {
    const { status, body } = await rest.send("POST", "/deals", {
      title: "x",
      closedOn: "2026-01-31",
      probability: 101,
    });
    expect(status).toBe(422);
    expect(body.code).toBe("invalid_input");
    expect(body.errors.map(({ field, rule }: { field: string; rule: string }) => [field, rule])).toEqual([
      ["title", "minLength"],
      ["probability", "max"],
      ["closedOn", "check"],
    ]);
  });

  test("are one statement with the change", async () => {
    const made = await app.statements.during(() => rest.send("POST", "/deals", { title: "Fine", amount: "5" }));
    expect(made.result.status).toBe(201);
    expect(made.count).toBe(1);
    const changed = await app.statements.during(() => rest.send("PATCH", "/deals/1", { amount: "900" }));
    expect(changed.result.status).toBe(200);
    expect(changed.count).toBe(1);
  });

  test("of what an update leaves of the record are checked by the database, all at once", async () => {
    await rest.send("POST", "/deals", { title: "Fine", probability: 10 });
    const { status, body } = await rest.send("PATCH", "/deals/1", { amount: "2000", closedOn: "2026-01-31" });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { field: "closedOn", rule: "check", message: "Only a finished deal has a closing date." },
      { field: "probability", rule: "check", message: "A deal of more than 1000 is likely." },
    ]);
    expect((await rest.get("/deals/1")).body).toMatchObject({ amount: "0.00", closedOn: null });
  });

  test("that are unknown are refused, and asked only where their condition is true", async () => {
    expect((await rest.send("POST", "/deals", { title: "Fine", amount: "1000" })).status).toBe(201);
    const { status, body } = await rest.send("POST", "/deals", { title: "Fine", amount: "1000.01" });
    expect([status, body.errors[0].field]).toEqual([422, "probability"]);
  });

  test("look at related records", async () => {
    await rest.send("POST", "/companies", { name: "Poor", credit: 50 });
    const { status, body } = await rest.send("POST", "/deals", { title: "Fine", amount: "51", companyId: 1 });
    expect([status, body.errors]).toEqual([
      422,
      [{ field: "amount", rule: "check", message: "The company has not that much credit." }],
    ]);
    expect((await rest.send("POST", "/deals", { title: "Fine", amount: "50", companyId: 1 })).status).toBe(201);
    expect((await rest.send("PATCH", "/deals/2", { amount: "51" })).status).toBe(422);
  });

  test("of records that the change itself touches see them changed", async () => {
    await rest.send("POST", "/deals", { title: "Fine" });
    expect((await rest.send("POST", "/lines", { product: "A", price: "1", dealId: 1 })).status).toBe(201);
    const twice = await rest.send("POST", "/lines", { product: "A", price: "1", dealId: 1 });
    expect([twice.status, twice.body.errors]).toEqual([
      422,
      [{ field: "product", rule: "check", message: "Each product stands once in a deal." }],
    ]);
    const list = await rest.send("POST", "/lines", [
      { product: "B", price: "1", dealId: 1 },
      { product: "C", price: "1", dealId: 1 },
      { product: "C", price: "1", dealId: 1 },
    ]);
    expect(list.status).toBe(422);
    expect(list.body.errors.map(({ field }: { field: string }) => field)).toEqual(["1.product", "2.product"]);
    expect((await rest.get("/lines?count=exact")).body.count).toBe(1);
  });

  test("name the place in a list", async () => {
    const { status, body } = await rest.send("POST", "/deals", [
      { title: "Fine" },
      { title: "Bad", closedOn: "2026-01-31" },
      { title: "B", amount: "x" },
    ]);
    expect(status).toBe(422);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(["1.closedOn", "2.title", "2.amount"]);
    await rest.send("POST", "/companies", { name: "Poor", credit: 5 });
    const related = await rest.send("POST", "/deals", [
      { title: "Fine", companyId: 1, amount: "6" },
      { title: "Fine", companyId: 1, amount: "5" },
      { title: "Fine", companyId: 1, amount: "7" },
    ]);
    expect(related.body.errors.map(({ field }: { field: string }) => field)).toEqual(["0.amount", "2.amount"]);
    expect((await rest.get("/deals?count=exact")).body.count).toBe(0);
  });
});

test("defaults are worked out of what was given", async () => {
  const made = await rest.send("POST", "/deals", { title: "Fine" });
  expect(made.body.label).toBe("FINE/apiKey");
  const list = await rest.send("POST", "/deals", [{ title: "One" }, { title: "Two", label: "own" }]);
  expect(list.body.map(({ label }: { label: string }) => label)).toEqual(["ONE/apiKey", "own"]);
});
