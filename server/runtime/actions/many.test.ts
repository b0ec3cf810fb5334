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
  await rest.send("POST", "/companies", { name: "One" });
  const amounts = ["10", "20", "30", "40", "50"];
  await rest.send(
    "POST",
    "/deals",
    amounts.map((amount, index) => ({ title: `Deal ${index}`, amount, companyId: 1 })),
  );
});

const amounts = async () => {
  const { body } = await rest.get("/deals?sort=id&fields=amount");
  return body.data.map(({ amount }: { amount: string }) => amount);
};

describe("changes by a filter", () => {
  test("are made of all that match, in one statement", async () => {
    const path = "/deals?filter[amount][gte]=30&filter[company.name][eq]=One&max-affected=3";
    const { result, count } = await app.statements.during(() => rest.send("PATCH", path, { amount: "5" }));
    expect([result.status, result.body, count]).toEqual([200, { affected: 3 }, 1]);
    expect(await amounts()).toEqual(["10.00", "20.00", "5.00", "5.00", "5.00"]);
  });

  test("are made of none where more match than allowed", async () => {
    const { status, body } = await rest.send("PATCH", "/deals?filter[amount][gte]=20&max-affected=3", { amount: "5" });
    expect([status, body.code, body.errors[0].rule]).toEqual([409, "conflict", "maxAffected"]);
    expect(await amounts()).toEqual(["10.00", "20.00", "30.00", "40.00", "50.00"]);
  });

  test("are refused whole, with the key of each record that stands in the way", async () => {
    const path = "/deals?filter[amount][gte]=30&max-affected=10";
    const { status, body } = await rest.send("PATCH", path, { closedOn: "2026-01-31" });
    expect(status).toBe(422);
    expect(body.errors.map(({ field, key }: { field: string; key: string }) => [field, key])).toEqual([
      ["closedOn", "3"],
      ["closedOn", "4"],
      ["closedOn", "5"],
    ]);
  });

  test("need a limit and a filter, or filter=all", async () => {
    const without = await rest.send("PATCH", "/deals?filter[amount][gte]=30", { amount: "5" });
    expect(without.body.errors[0]).toMatchObject({ field: "max-affected", rule: "required" });
    const all = await rest.send("DELETE", "/deals?max-affected=5");
    expect(all.body.errors[0]).toMatchObject({ field: "filter", rule: "required" });
    expect((await rest.send("DELETE", "/deals?max-affected=4&filter=all")).status).toBe(409);
    expect((await rest.send("DELETE", "/deals?max-affected=5&sort=id&filter=all")).status).toBe(400);
    expect((await rest.send("DELETE", "/deals?max-affected=5&filter=all")).body).toEqual({ affected: 5 });
    expect((await rest.get("/deals?count=exact")).body.count).toBe(0);
  });

  test("take the limit from the Prefer header too", async () => {
    const response = await app.fetch("/rest/v1/deals?filter[amount][lt]=30", {
      method: "DELETE",
      headers: { prefer: "handling=strict, max-affected=2" },
    });
    expect(await response.json()).toEqual({ affected: 2 });
  });

  test("keep the states", async () => {
    const { status, body } = await rest.send("PATCH", "/deals?filter[amount][lt]=30&max-affected=9", { stage: "won" });
    expect([status, body.errors.map(({ key }: { key: string }) => key)]).toEqual([422, ["1", "2"]]);
  });
});

describe("a named action on several records", () => {
  test("is done to all of them, in one statement", async () => {
    const { result, count } = await app.statements.during(() =>
      rest.send("POST", "/deals:qualify", { ids: [1, 2, 2] }),
    );
    expect([result.status, result.body, count]).toEqual([200, { affected: 2 }, 1]);
    expect((await rest.get("/deals?filter[stage][eq]=qualified&count=exact")).body.count).toBe(2);
  });

  test("or to none", async () => {
    await rest.send("POST", "/deals/2/lose");
    const { status, body } = await rest.send("POST", "/deals:qualify", { ids: [1, 2, 3] });
    expect([status, body.code, body.errors]).toEqual([
      409,
      "illegal_transition",
      [expect.objectContaining({ field: "stage", key: "2", allowed: ["lose", "reopen"] })],
    ]);
    const missing = await rest.send("POST", "/deals:lose", { ids: [1, 98, 99] });
    expect(missing.status).toBe(404);
    expect(missing.body.errors.map(({ key }: { key: string }) => key)).toEqual(["98", "99"]);
    expect((await rest.get("/deals/1")).body.stage).toBe("lead");
  });

  test("takes its arguments and says what is wrong with the keys", async () => {
    const discount = await rest.send("POST", "/deals:discount", { ids: [4, 5], input: { percent: 50 } });
    expect(discount.body).toEqual({ affected: 2 });
    expect(await amounts()).toEqual(["10.00", "20.00", "30.00", "20.00", "25.00"]);
    expect((await rest.send("POST", "/deals:discount", { ids: ["x"], input: { percent: 50 } })).status).toBe(422);
    expect((await rest.send("POST", "/deals:discount", { ids: [] })).status).toBe(422);
    expect((await rest.send("POST", "/deals:purge", { ids: [1] })).status).toBe(409);
  });

  test("names the first twenty that are refused", async () => {
    await rest.send(
      "POST",
      "/deals",
      Array.from({ length: 40 }, () => ({ title: "More", amount: "1" })),
    );
    const ids = Array.from({ length: 40 }, (_, index) => index + 6);
    const { body } = await rest.send("POST", "/deals:win", { ids });
    expect(body.errors).toHaveLength(20);
  });
});

test("checks of many that depend on what is changed see all of it", async () => {
  await rest.send("POST", "/lines", [
    { product: "A", price: "1", dealId: 1 },
    { product: "B", price: "1", dealId: 1 },
    { product: "C", price: "1", dealId: 2 },
  ]);
  const same = await rest.send("PATCH", "/lines?filter=all&max-affected=9", { product: "Z" });
  expect([same.status, same.body.errors.map(({ key }: { key: string }) => key).sort()]).toEqual([422, ["1", "2"]]);
  expect((await rest.send("PATCH", "/lines?filter=all&max-affected=9", { price: "2" })).body).toEqual({ affected: 3 });
  expect((await rest.get("/lines?filter[product][eq]=Z&count=exact")).body.count).toBe(0);
});

test("an action on several records takes nothing from the query", async () => {
  const { status, body } = await rest.send("POST", "/deals:win?filter[stage]=lead", { ids: [1] });
  expect([status, body.errors[0].field, body.errors[0].rule]).toEqual([400, "filter[stage]", "unknown"]);
});
