import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { SentEvent } from "../testing/EventReader.ts";
import { admin, ann, bob, type FeedApp, feedApp } from "../testing/feedApp.ts";

let app: FeedApp;
beforeAll(async () => {
  app = await feedApp();
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => app.clear());

const short = ({ event, data }: SentEvent) => [event, data.id, ...(data.record ? [data.record] : [])];

describe("what is told", () => {
  test("each change of a record, however it is made, with the record as it is now", async () => {
    const reader = await app.listen("/events?resources=deals&fields[deals]=id,title,doubled");
    expect(reader.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
    expect(reader.retry).toBe(2000);
    await app.change("POST", "/deals", { id: 1, title: "One", amount: "2.50" });
    const created = await reader.next();
    expect(created).toEqual({
      id: expect.stringMatching(/^[0-9a-z]+\.[0-9a-z]+$/),
      event: "created",
      data: { resource: "deals", kind: "created", id: 1, record: { id: 1, title: "One", doubled: "5.00" } },
    });
    await app.sql`update deals set title = 'Uno' where no = 1`;
    expect(short(await reader.next())).toEqual(["updated", 1, { id: 1, title: "Uno", doubled: "5.00" }]);
    await app.change("DELETE", "/deals/1");
    expect(short(await reader.next())).toEqual(["destroyed", 1]);
  });

  test("related records that are included, and links that come and go", async () => {
    await app.sql`insert into tags (id) values ('hot')`;
    const reader = await app.listen("/events?resources=deals&fields[deals]=id&include[deals]=tags,owner");
    await app.change("POST", "/deals", { id: 1, ownerId: "ann", tags: ["hot"] });
    const [first, second] = await reader.take(2);
    const record = { id: 1, owner: { id: "ann", name: null }, tags: [{ id: "hot" }] };
    expect([first, second].map((event) => event && short(event))).toEqual([
      ["created", 1, record],
      ["updated", 1, record],
    ]);
    await app.sql`delete from deal_tags`;
    expect(short(await reader.next())).toEqual(["updated", 1, { ...record, tags: [] }]);
  });

  test("several resources in the order of their changes; without names all that the reader may see", async () => {
    const reader = await app.listen("/events", admin);
    await app.sql`insert into notes (id, text) values (gen_random_uuid(), 'a')`;
    await app.sql`insert into deals (no) values (1)`;
    await app.sql`insert into tags (id) values ('t')`;
    await app.sql`insert into notes (id, text) values (gen_random_uuid(), 'b')`;
    expect((await reader.take(3)).map(({ data }) => data.resource)).toEqual(["notes", "deals", "notes"]);
  });

  test("records that are destroyed and kept count as destroyed, and as created when they come back", async () => {
    const reader = await app.listen("/events?resources=notes&fields[notes]=text");
    const told = async () => {
      const { event, data } = await reader.next();
      return `${event} ${data.record?.text ?? ""}`;
    };
    await app.sql`insert into notes (id, text) values ('00000000-0000-4000-8000-000000000001', 'a')`;
    expect(await told()).toBe("created a");
    await app.sql`update notes set gone = now()`;
    expect(await told()).toBe("destroyed ");
    // Of a record that is gone nothing is told.
    await app.sql`update notes set text = 'hidden'`;
    await app.sql`insert into notes (id, text) values (gen_random_uuid(), 'b')`;
    expect(await told()).toBe("created b");
    await app.sql`update notes set gone = null where text = 'hidden'`;
    expect(await told()).toBe("created hidden");
  });

  test("encrypted values are opened for those who may see them", async () => {
    const reader = await app.listen("/events?resources=deals&fields[deals]=code");
    await app.change("POST", "/deals", { id: 1, code: "secret" });
    expect((await reader.next()).data.record).toEqual({ code: "secret" });
  });

  test("lists inside of records stay on the line of their event", async () => {
    await app.sql`insert into tags (id) values ('a'), ('b'), ('c')`;
    const reader = await app.listen("/events?resources=deals&fields[deals]=id&include[deals]=tags");
    await app.change("POST", "/deals", { id: 1, title: "two\nlines", tags: ["a", "b", "c"] });
    expect((await reader.next()).data.record.tags).toHaveLength(3);
  });
});

describe("who is told what", () => {
  test("only of records in sight, with the fields in sight; ones that come in and go out of sight are told so", async () => {
    const [forAnn, forBob, forAdmin] = await Promise.all(
      [ann, bob, admin].map((who) => app.listen("/events?resources=deals&fields[deals]=id,amount", who)),
    );
    const told = async (...readers: (typeof forAnn)[]) =>
      Promise.all(readers.map(async (reader) => (await reader?.next())?.data));
    await app.sql`insert into deals (no, amount, owner_id) values (1, 5, 'ann')`;
    const change = { resource: "deals", id: 1 };
    const created = { ...change, kind: "created", record: { id: 1, amount: "5.00" } };
    expect(await told(forAdmin, forAnn)).toEqual([created, created]);
    await app.sql`update deals set owner_id = 'bob'`;
    expect(await told(forAdmin, forAnn, forBob)).toEqual([
      { ...created, kind: "updated" },
      { ...change, kind: "left" },
      { ...change, kind: "entered", record: { id: 1, amount: null } },
    ]);
    await app.sql`delete from deals`;
    const destroyed = { ...change, kind: "destroyed" };
    expect(await told(forAdmin, forBob)).toEqual([destroyed, destroyed]);
    await app.sql`insert into deals (no, owner_id) values (2, 'ann')`;
    expect((await told(forAnn))[0]).toMatchObject({ id: 2, kind: "created" });
  });

  test("filters count as sight does", async () => {
    const reader = await app.listen("/events?resources=deals&filter[deals][stage]=won&fields[deals]=id");
    const next = async () => {
      const { event, data } = await reader.next();
      return `${event} ${data.id}`;
    };
    await app.sql`insert into deals (no) values (1), (2)`;
    await app.sql`update deals set stage = 'W' where no = 1`;
    expect(await next()).toBe("entered 1");
    await app.sql`update deals set title = 'x'`;
    expect(await next()).toBe("updated 1");
    await app.sql`update deals set stage = 'lead'`;
    expect(await next()).toBe("left 1");
    await app.sql`insert into deals (no, stage) values (3, 'W')`;
    expect(await next()).toBe("created 3");
    await app.sql`delete from deals`;
    expect(await next()).toBe("destroyed 3");
  });

  test("several changes at once are each told by the rows before and after them", async () => {
    const reader = await app.listen("/events?resources=deals&filter[deals][title][ne]=x&fields[deals]=title");
    await app.sql.begin(async (sql) => {
      await sql`insert into deals (no, title) values (1, 'a'), (2, 'x'), (3, 'a')`;
      await sql`update deals set title = 'x' where no = 1`;
      await sql`update deals set title = 'b' where no in (1, 2)`;
      await sql`update deals set title = 'c'`;
      await sql`delete from deals where no = 3`;
      await sql`update deals set title = 'x' where no = 2`;
      await sql`insert into deals (no, title) values (4, 'end')`;
    });
    const told = await reader.takeUntil(({ data }) => data.id === 4);
    // What is out of sight by now is told by the change that took it away alone.
    expect(told.map(({ event, data }) => `${event} ${data.id}`)).toEqual([
      ...["created 1", "left 1", "entered 1", "updated 1", "destroyed 3", "left 2", "created 4"],
    ]);
  });

  test.each([
    ["a resource without a change feed", "/events?resources=people", 400, "unknown_field"],
    ["a resource that there is not", "/events?resources=deal", 400, "unknown_field"],
    [
      "a filter of a field that there is not",
      "/events?resources=deals&filter[deals][colour]=red",
      400,
      "unknown_field",
    ],
    ["a filter of a resource not listened to", "/events?resources=deals&filter[notes][text]=a", 400, "unknown_field"],
    ["a value that is none", "/events?resources=deals&filter[deals][amount]=much", 400, "invalid_request"],
    ["a parameter that there is not", "/events?sort=title", 400, "unknown_field"],
    ["a place that was never given", "/events?after=nowhere", 400, "invalid_cursor"],
    ["a place that is to come", "/events?after=zzzzzzzzzz.1", 410, "position_gone"],
  ])("%s is refused", async (_, path, status, code) => {
    const reader = await app.listen(path);
    expect(reader.status).toBe(status);
    expect(JSON.parse(await reader.body())).toMatchObject({ code, status });
  });

  test("who takes no events is refused", async () => {
    const reader = await app.listen("/events", null, { accept: "application/json" });
    expect([reader.status, JSON.parse(await reader.body()).code]).toEqual([406, "not_acceptable"]);
  });

  test("filters name their field as it was given", async () => {
    const reader = await app.listen("/events?resources=deals&filter[deals][colour][eq]=red&fields[deals]=size");
    const { errors } = JSON.parse(await reader.body());
    expect(errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      "fields[deals]",
      "filter[deals][colour][eq]",
    ]);
  });

  test("who may see nothing is refused", async () => {
    const nobody = await app.listen("/events?resources=deals", { roles: [] });
    expect(nobody.status).toBe(403);
    const hidden = await app.listen("/events?resources=deals&filter[deals][amount]=5", bob);
    expect([hidden.status, JSON.parse(await hidden.body()).code]).toEqual([403, "forbidden_field"]);
  });
});
