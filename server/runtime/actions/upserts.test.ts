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
  await app.sql`truncate contacts, companies restart identity cascade`;
});

const ada = { email: "ada@example.com", name: "Ada", visits: 3, code: "A" };

describe("PUT by a unique field", () => {
  test("creates the record, or changes what is given of the one that is there, in one statement", async () => {
    const made = await app.statements.during(() => rest.send("PUT", "/contacts?by=email", ada));
    expect([made.result.status, made.count]).toEqual([201, 1]);
    expect(made.result.body).toMatchObject(ada);
    expect(made.result.headers.get("location")).toMatch(/\/contacts\/1$/);
    const changed = await app.statements.during(() =>
      rest.send("PUT", "/contacts?by=email", { email: ada.email, name: "Ada L." }),
    );
    expect([changed.result.status, changed.count]).toEqual([200, 1]);
    expect(changed.result.body).toMatchObject({ ...ada, name: "Ada L." });
  });

  test("keeps what is written once", async () => {
    await rest.send("PUT", "/contacts?by=email", ada);
    const { body } = await rest.send("PUT", "/contacts?by=email", { ...ada, code: "B" });
    expect(body.code).toBe("A");
  });

  test("by a group of fields", async () => {
    await rest.send("POST", "/companies", { name: "One" });
    const contact = { email: "a@example.com", name: "Ada", companyId: 1 };
    expect((await rest.send("PUT", "/contacts?by=companyId,name", contact)).status).toBe(201);
    const { status, body } = await rest.send("PUT", "/contacts?by=name,companyId", {
      ...contact,
      email: "b@example.com",
    });
    expect([status, body.email]).toEqual([200, "b@example.com"]);
  });

  test("shows related records as they now are", async () => {
    await rest.send("POST", "/companies", { name: "One" });
    for (const status of [201, 200]) {
      const answer = await rest.send("PUT", "/contacts?by=email&include=company", { ...ada, companyId: 1 });
      expect([answer.status, answer.body.company.name]).toEqual([status, "One"]);
    }
  });

  test("is checked as a create or as an update", async () => {
    const bad = await rest.send("PUT", "/contacts?by=email", { ...ada, visits: -1 });
    expect([bad.status, bad.body.errors[0].field]).toEqual([422, "visits"]);
    await rest.send("PUT", "/contacts?by=email", { ...ada, locked: true });
    const { status, body } = await rest.send("PUT", "/contacts?by=email", ada);
    expect([status, body.detail]).toEqual([409, "This contact is locked."]);
  });

  test("asks for the identity", async () => {
    expect((await rest.send("PUT", "/contacts", ada)).body.errors[0]).toMatchObject({ field: "by", rule: "required" });
    const unknown = await rest.send("PUT", "/contacts?by=visits", ada);
    expect([unknown.status, unknown.body.errors[0].allowed]).toEqual([400, ["email", "companyId,name"]]);
    const missing = await rest.send("PUT", "/contacts?by=companyId,name", ada);
    expect(missing.body.errors).toEqual([expect.objectContaining({ field: "companyId", rule: "required" })]);
  });

  test("makes one record of many that come at once", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => rest.send("PUT", "/contacts?by=email", ada)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
  });
});

test("a named create with an identity changes the one that is there", async () => {
  const first = await rest.send("POST", "/contacts:subscribe", { email: ada.email, name: "Ada" });
  expect([first.status, first.body.visits]).toEqual([201, 1]);
  await rest.send("PATCH", "/contacts/1", { visits: 7 });
  const second = await rest.send("POST", "/contacts:subscribe", { email: ada.email });
  expect([second.status, second.body.visits, second.body.name]).toEqual([200, 1, "Ada"]);
  await rest.send("PATCH", "/contacts/1", { locked: true });
  expect((await rest.send("POST", "/contacts:subscribe", { email: ada.email })).status).toBe(409);
});
