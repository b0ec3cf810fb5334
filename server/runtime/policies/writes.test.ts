import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Json } from "../rest/testing/restClient.ts";
import {
  admin,
  ann,
  anonymous,
  bob,
  companyId,
  dealId,
  fill,
  type OfficeApp,
  officeApp,
  personId,
  tagId,
} from "./testing/officeApp.ts";

let app: OfficeApp;

beforeAll(async () => {
  app = await officeApp();
});
beforeEach(() => fill(app));
afterAll(() => app[Symbol.asyncDispose]());

const stored = async (): Promise<Json> => {
  const deals = await app.sql`select * from deals order by id`;
  const tags = await app.sql`select * from deal_tags order by deal_id, tag_id`;
  return JSON.stringify([deals, tags]);
};

describe("a change of a record", () => {
  test("that may not be seen is not found, one that may be seen and not changed is forbidden", async () => {
    const before = await stored();
    const hidden = await app.send(ann, "PATCH", `/deals/${dealId(4)}`, { title: "x" });
    const missing = await app.send(ann, "PATCH", `/deals/${dealId(9)}`, { title: "x" });
    expect([hidden.status, hidden.text]).toEqual([404, missing.text]);
    for (const method of ["PATCH", "DELETE"] as const) {
      const refused = await app.send(ann, method, `/deals/${dealId(3)}`, { title: "x" });
      expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
    }
    expect((await app.send(ann, "DELETE", `/deals/${dealId(4)}`)).text).toBe(missing.text);
    expect(await stored()).toBe(before);
    expect((await app.send(ann, "PATCH", `/deals/${dealId(1)}`, { title: "x" })).body.title).toBe("x");
  });

  test("is checked as it was and as it will be, and undone where it may not be so", async () => {
    const before = await stored();
    const given = await app.send(ann, "PATCH", `/deals/${dealId(1)}`, { ownerId: personId(2) });
    expect([given.status, given.body.code]).toEqual([403, "forbidden"]);
    expect(await stored()).toBe(before);
    expect((await app.send(admin, "PATCH", `/deals/${dealId(1)}`, { ownerId: personId(2) })).status).toBe(200);
  });

  test("is forbidden by what forbids it, whatever allows it", async () => {
    expect((await app.send(ann, "DELETE", `/deals/${dealId(2)}`)).status).toBe(403);
    expect((await app.send(admin, "DELETE", `/deals/${dealId(4)}`)).status).toBe(403);
    expect((await app.send(ann, "DELETE", `/deals/${dealId(1)}`)).status).toBe(204);
  });

  test("that no policy allows is refused before the record is looked for", async () => {
    expect((await app.send(bob, "PATCH", `/deals/${dealId(9)}`, { title: "x" })).status).toBe(403);
    expect((await app.send(bob, "POST", "/deals", { title: "x" })).status).toBe(403);
    expect((await app.send(anonymous, "POST", "/deals", { title: "x" })).status).toBe(401);
  });
});

describe("a new record", () => {
  test("must be as its creator may make it", async () => {
    const before = await stored();
    const refused = await app.send(ann, "POST", "/deals", { title: "x", ownerId: personId(2) });
    expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
    const bulk = await app.send(ann, "POST", "/deals", [
      { title: "x", ownerId: personId(1) },
      { title: "y", ownerId: personId(2) },
    ]);
    expect([bulk.status, bulk.body.code]).toEqual([403, "forbidden"]);
    expect(await stored()).toBe(before);
    expect((await app.send(ann, "POST", "/deals", { title: "x", ownerId: personId(1) })).status).toBe(201);
  });

  test("that its creator may not read is made, and not shown", async () => {
    const made = await app.send({ roles: ["admin"] }, "POST", "/deals", { title: "x" });
    expect(made.body.title).toBe("x");
    const { data } = await app.ask(
      ann,
      `mutation { createDeal(input: {title: "x", ownerId: "${personId(1)}"}) { result { title } } }`,
    );
    expect(data.createDeal.result).toEqual({ title: "x" });
  });
});

describe("a key that a caller gives", () => {
  test("of a record that they may not read is refused as one that leads nowhere", async () => {
    const before = await stored();
    const own = { title: "x", ownerId: personId(1) };
    const hidden = await app.send(ann, "POST", "/deals", { ...own, companyId: companyId(2) });
    const missing = await app.send(ann, "POST", "/deals", { ...own, companyId: companyId(9) });
    expect([hidden.status, hidden.body]).toEqual([422, missing.body]);
    expect(hidden.body.errors).toEqual([
      { field: "companyId", rule: "exists", message: "There is no record with this key." },
    ]);
    const changed = await app.send(ann, "PATCH", `/deals/${dealId(1)}`, { companyId: companyId(2) });
    const changedMissing = await app.send(ann, "PATCH", `/deals/${dealId(1)}`, { companyId: companyId(9) });
    expect([changed.status, changed.body]).toEqual([422, changedMissing.body]);
    const bulk = await app.send(ann, "POST", "/deals", [{ ...own, companyId: companyId(2) }]);
    const bulkMissing = await app.send(ann, "POST", "/deals", [{ ...own, companyId: companyId(9) }]);
    expect([bulk.status, bulk.body.code, bulkMissing.status, bulkMissing.body.code]).toEqual([
      422,
      "invalid_input",
      422,
      "invalid_input",
    ]);
    expect(bulk.body).toEqual(bulkMissing.body);
    expect(await stored()).toBe(before);
    expect((await app.send(ann, "POST", "/deals", { ...own, companyId: companyId(1) })).status).toBe(201);
  });

  test("may stay as it was, though it leads to what they may not read", async () => {
    const kept = await app.send(ann, "PATCH", `/deals/${dealId(2)}`, { title: "x", companyId: companyId(2) });
    expect([kept.status, kept.body.title]).toEqual([200, "x"]);
  });

  test("of a link is treated alike, and links that they cannot see stay", async () => {
    const hidden = await app.send(ann, "PATCH", `/deals/${dealId(1)}`, { tags: [tagId(2)] });
    const missing = await app.send(ann, "PATCH", `/deals/${dealId(1)}`, { tags: [tagId(9)] });
    expect([hidden.status, hidden.body]).toEqual([422, missing.body]);
    const own = { title: "x", ownerId: personId(1) };
    const made = await app.send(ann, "POST", "/deals", { ...own, tags: [tagId(1), tagId(2)] });
    const madeMissing = await app.send(ann, "POST", "/deals", { ...own, tags: [tagId(1), tagId(9)] });
    expect([made.status, made.body]).toEqual([422, madeMissing.body]);
    expect((await app.send(ann, "PATCH", `/deals/${dealId(1)}`, { tags: [] })).status).toBe(200);
    expect((await app.send(ann, "PATCH", `/deals/${dealId(1)}`, { tags: { remove: [tagId(2)] } })).status).toBe(200);
    const links = await app.sql`select tag_id from deal_tags where deal_id = ${dealId(1)}`;
    expect(links.map(({ tag_id }) => tag_id)).toEqual([tagId(2)]);
  });
});

describe("a field", () => {
  test("that an actor may never set is refused by its name before anything is done", async () => {
    for (const body of [{ code: "x" }, { code: null, title: "y" }]) {
      const refused = await app.send(ann, "PATCH", `/deals/${dealId(1)}`, body);
      expect([refused.status, refused.body.code, refused.body.errors[0].field]).toEqual([
        403,
        "forbidden_field",
        "code",
      ]);
    }
    const made = await app.send(ann, "POST", "/deals", [{ title: "x", ownerId: personId(1), code: "x" }]);
    expect([made.status, made.body.code]).toEqual([403, "forbidden_field"]);
    expect((await app.send(admin, "PATCH", `/deals/${dealId(1)}`, { code: "x" })).body.code).toBe("x");
  });

  test("is set where the record as it was allows it, and in a new record as that will be", async () => {
    const won = await app.send(ann, "PATCH", `/deals/${dealId(2)}`, { amount: "1" });
    expect([won.status, won.body.code, won.body.errors[0].field]).toEqual([403, "forbidden_field", "amount"]);
    expect((await app.send(ann, "PATCH", `/deals/${dealId(1)}`, { amount: "1", stage: "won" })).status).toBe(200);
    const own = { title: "x", ownerId: personId(1), amount: "1" };
    expect((await app.send(ann, "POST", "/deals", { ...own, stage: "won" })).status).toBe(403);
    expect((await app.send(ann, "POST", "/deals", own)).status).toBe(201);
  });
});

describe("a policy that looks at what the change itself makes", () => {
  const ticket = (urgent = false) => ({ ownerId: personId(1), urgent });

  test("is worked out once it is made, for one and for many", async () => {
    const many = await app.send(ann, "POST", "/tickets", [ticket(), ticket(), ticket()]);
    expect([many.status, many.body.code]).toEqual([403, "forbidden"]);
    expect(await app.sql`select id from tickets`).toHaveLength(0);
    expect((await app.send(ann, "POST", "/tickets", [ticket(), ticket()])).status).toBe(201);
    const third = await app.send(ann, "POST", "/tickets", ticket());
    expect([third.status, third.body.code]).toEqual([403, "forbidden"]);
    expect(await app.sql`select id from tickets`).toHaveLength(2);
  });

  test("counts the records of a change of many as they will be", async () => {
    const [first] = (await app.send(ann, "POST", "/tickets", [ticket(), ticket()])).body;
    const all = await app.send(ann, "PATCH", "/tickets?filter[urgent]=false&max-affected=10", { urgent: true });
    expect([all.status, all.body.code]).toEqual([403, "forbidden"]);
    expect(await app.sql`select id from tickets where urgent`).toHaveLength(0);
    expect((await app.send(ann, "PATCH", `/tickets/${first.id}`, { urgent: true })).status).toBe(200);
  });
});

describe("changes of many", () => {
  test("by a filter concern what the actor sees and may change, and by keys all of them or none", async () => {
    const patch = async (path: string, body: Json) => app.send(ann, "PATCH", path, body);
    const found = await patch("/deals?filter[title][ne]=x&max-affected=100", { title: "y" });
    expect([found.status, found.body]).toEqual([200, { affected: 2 }]);
    const titles = await app.sql`select title from deals order by id`;
    expect(titles.map(({ title }) => title)).toEqual(["y", "y", "Three", "Four", "Five"]);
    const secret = await patch("/deals?filter[amount][eq]=30&max-affected=100", { title: "z" });
    expect(secret.body).toEqual({ affected: 0 });
    const hidden = await patch("/deals?filter[company.secret]=s1&max-affected=100", { title: "z" });
    expect([hidden.status, hidden.body.code]).toEqual([403, "forbidden_field"]);
    const gone = await app.send(ann, "DELETE", "/deals?filter[title]=y&max-affected=100");
    expect(gone.body).toEqual({ affected: 1 });
    expect(await app.sql`select id from deals where id = ${dealId(2)}`).toHaveLength(1);
  });
});

describe("records that come with another", () => {
  test("are judged by their own policies, and nothing is made where one may not be", async () => {
    const company = { name: "New", ownerId: personId(1) };
    const refused = await app.send(ann, "POST", "/deals", { title: "x", ownerId: personId(1), company });
    expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
    expect(await app.sql`select id from companies where name = 'New'`).toHaveLength(0);
    const made = await app.send(admin, "POST", "/deals?include=company", { title: "x", company });
    expect([made.status, made.body.company.name]).toEqual([201, "New"]);
    const below = await app.send(ann, "POST", "/companies", { name: "Other", deals: [{ title: "x" }] });
    expect(below.status).toBe(403);
  });
});

describe("a change whose result its actor may not read", () => {
  test("succeeds and shows nothing", async () => {
    const seller = { id: personId(3), roles: ["auditor"] };
    const noted = await app.send(seller, "POST", "/notes", { text: "secret" });
    expect([noted.status, noted.body]).toEqual([201, null]);
    expect(noted.headers.get("location")).toBeNull();
    const many = await app.send(seller, "POST", "/notes", [{ text: "a" }, { text: "b" }]);
    expect([many.status, many.body]).toEqual([201, [null, null]]);
    const { data } = await app.ask(
      seller,
      'mutation { createNote(input: {text: "c"}) { result { text } errors { code } } }',
    );
    expect(data.createNote).toEqual({ result: null, errors: [] });
    expect(await app.sql`select id from notes`).toHaveLength(4);
  });
});

describe("an error", () => {
  test("of a value that must be unique tells no more than that it is taken", async () => {
    const taken = await app.send(admin, "PATCH", `/deals/${dealId(1)}`, { code: "c4" });
    expect(taken.status).toBe(409);
    expect(taken.text).not.toContain(dealId(4));
    expect(taken.text).not.toContain("Four");
  });

  test("of a record that others refer to does not say which records a restricted actor cannot see", async () => {
    await app.sql`create table extra (deal_id uuid references deals)`;
    await app.sql`insert into extra values (${dealId(1)})`;
    const refused = await app.send(ann, "DELETE", `/deals/${dealId(1)}`);
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      "Other records refer to this Deal. Change or delete them first.",
    ]);
    await app.sql`drop table extra`;
  });
});
