import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { attribute, resource } from "#lib/compile/testing/modelParts.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { dealsModel } from "../../actions/testing/dealsModel.ts";
import { type JsonApiClient, jsonApiClient } from "./testing/jsonApiClient.ts";

let app: ServedApp;
let api: JsonApiClient;

beforeAll(async () => {
  app = await servedApp(dealsModel);
  api = jsonApiClient(app);
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(async () => {
  await app.sql`truncate deals, contacts, companies restart identity cascade`;
  await app.sql`insert into deals (title, stage, amount) values ('One', 'Q', 10), ('Two', 'Q', 20), ('Three', 'lead', 30)`;
});

test("an action on one resource takes its attributes and arguments, or nothing", async () => {
  const won = await api.send("POST", "/deals/1/win?fields[deals]=stage,reason", {
    data: { type: "deals", attributes: { reason2: "luck" } },
  });
  expect([won.status, won.document.data.attributes]).toEqual([200, { stage: "won", reason: "luck" }]);
  const qualified = await api.send("POST", "/deals/3/qualify");
  expect([qualified.status, qualified.document.data.attributes.stage]).toEqual([200, "qualified"]);
  const again = await api.send("POST", "/deals/1/win");
  expect([again.status, again.document.errors[0].code]).toEqual([409, "illegal_transition"]);
  const wrong = await api.send("POST", "/deals/2/win", {
    data: { type: "deals", attributes: { reason2: "x".repeat(99) } },
  });
  expect([wrong.status, wrong.document.errors[0].source]).toEqual([422, { pointer: "/data/attributes/reason2" }]);
  await api.send("POST", "/deals/2/lose");
  expect((await api.send("POST", "/deals/2/purge")).status).toBe(204);
});

test("an action on several takes their identifiers", async () => {
  const identifiers = (...ids: readonly number[]) => ids.map((id) => ({ type: "deals", id: String(id) }));
  const won = await api.send("POST", "/deals:win", { data: identifiers(1, 2), meta: { input: { reason2: "sale" } } });
  expect(won.document.meta).toEqual({ affected: 2 });
  expect((await api.get("/deals?filter[reason]=sale")).document.data).toHaveLength(2);
  const gone = await api.send("POST", "/deals:win", { data: [{ type: "tags", id: "1" }] });
  expect([gone.status, gone.document.errors[0].source]).toEqual([400, { pointer: "/data/0/type" }]);
  const missing = await api.send("POST", "/deals:win", { data: identifiers(3, 99) });
  expect([missing.status, missing.document.errors[0].meta.key]).toEqual([404, "99"]);
});

test("a create of another name makes a resource, and a read of another name lists them", async () => {
  const made = await api.send("POST", "/deals:register", {
    data: { type: "deals", attributes: { title: "New", amount: "7", hot: true } },
  });
  expect([made.status, made.document.data.attributes.probability]).toEqual([201, 90]);
  expect(made.headers.get("location")).toBe(made.document.data.links.self);
  const listed = await api.get("/deals:above?arguments[least]=15&sort=amount&page[size]=1&fields[deals]=title");
  expect(listed.document.data[0].attributes).toEqual({ title: "Two" });
  expect(listed.document.links.next).toContain("arguments%5Bleast%5D=15");
});

test("an attribute whose name documents have taken goes by another", async () => {
  await using other = await servedApp({
    app: { name: "Rooms" },
    resources: [
      resource("Room", { plural: "rooms", attributes: [attribute("type", { type: { kind: "text" }, maxLength: 5 })] }),
    ],
  });
  const rooms = jsonApiClient(other);
  const made = await rooms.send("POST", "/rooms", { data: { type: "rooms", attributes: { roomType: "hall" } } });
  expect([made.status, made.document.data.attributes]).toEqual([201, { roomType: "hall" }]);
  const { document } = await rooms.get("/rooms?fields[rooms]=roomType&filter[type]=hall");
  expect(document.data[0].attributes).toEqual({ roomType: "hall" });
  const wrong = { data: { type: "rooms", attributes: { roomType: "too long" } } };
  expect((await rooms.send("POST", "/rooms", wrong)).document.errors[0].source).toEqual({
    pointer: "/data/attributes/roomType",
  });
});
