import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "#lib/errors/AppError.ts";
import type { ChangeEvent } from "./ChangeEvent.ts";
import { dispatchEvents } from "./dispatchEvents.ts";
import type { EventConsumer } from "./EventConsumer.ts";
import { listParked, mostAttempts, replayParked } from "./parkedEvents.ts";
import { dispatchAll } from "./testing/dispatchAll.ts";
import { type EventApp, environmentAt, eventApp } from "./testing/eventApp.ts";
import { eventModel } from "./testing/eventModel.ts";
import { recording } from "./testing/recording.ts";

const model = eventModel();
let app: EventApp;
beforeAll(async () => {
  app = await eventApp(model);
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(() => app.clear());

const dispatch = (consumers: readonly EventConsumer[], environment = app.environment) =>
  dispatchAll(environment, consumers);

/** Failed consumers need not wait any longer. */
const hurry = () => app.sql`update gantry_feed set until = now() - interval '1 second' where until is not null`;

const told = (events: readonly ChangeEvent[]) => events.map(({ type, key }) => `${type} ${key}`);

describe("an event", () => {
  test("shows the record as the APIs do, before and after, without what is sensitive or encrypted", async () => {
    const { consumer, taken } = recording("one");
    await app.sql`insert into people (name) values ('Ada')`;
    await app.sql`insert into deals (name, amount, stage, margin, code, site, closed_at, owner_id)
      values ('Ship', 12345678901234567890.5, 'closed', 'thin', 'sealed', '{"city": "Bonn", "door": "7"}',
              '2026-01-02 03:04:05.5Z', 1)`;
    await app.sql`update deals set margin = 'fat', amount = 1, code = 'resealed'`;
    await dispatch([consumer]);
    const after = {
      id: 1,
      title: "Ship",
      amount: "12345678901234567890.50",
      stage: "won",
      site: { city: "Bonn" },
      closedAt: "2026-01-02T03:04:05.5Z",
      deletedAt: null,
      ownerId: 1,
    };
    const whole = { resource: "Deal", key: "1", action: null, actor: null, cause: null };
    expect(taken).toMatchObject([
      { ...whole, kind: "created", type: "deal.created", previous: null, record: after },
      { ...whole, kind: "updated", type: "deal.updated", previous: after, record: { ...after, amount: "1.00" } },
    ]);
    expect(Object.keys(taken[0]?.record ?? {}).toSorted()).toEqual(Object.keys(after).toSorted());
    expect(taken.map(({ changed }) => changed)).toEqual([
      ["id", "title", "amount", "stage", "margin", "code", "site", "closedAt", "ownerId"],
      ["amount", "margin", "code"],
    ]);
    expect(taken[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    expect(taken[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  test("of a record that is kept when it is destroyed is its end, and its coming back a beginning", async () => {
    const { consumer, taken } = recording("one");
    await app.sql`insert into deals (name) values ('Ship')`;
    await app.sql`update deals set gone = now()`;
    await app.sql`update deals set gone = null`;
    await app.sql`delete from deals`;
    await dispatch([consumer]);
    expect(told(taken)).toEqual(["deal.created 1", "deal.destroyed 1", "deal.created 1", "deal.destroyed 1"]);
    expect(taken.map(({ record }) => record?.title ?? null)).toEqual(["Ship", null, "Ship", null]);
    expect(taken.map(({ previous }) => previous?.title ?? null)).toEqual([null, "Ship", null, "Ship"]);
  });
});

describe("each consumer", () => {
  test("gets every event once, in order, however many dispatch at the same time", async () => {
    await using other = environmentOf();
    const [here, there] = [recording("one"), recording("one")];
    const write = async (from: number) => {
      for (let no = from; no < from + 30; no++) {
        await app.sql`insert into deals (no, name) values (${no}, 'x')`;
        await app.sql`update deals set name = 'y' where no = ${no}`;
      }
    };
    let isOver = false;
    const run = async ({ consumer }: typeof here, environment = app.environment) => {
      while (!isOver) await dispatchEvents({ environment, consumers: [consumer], limit: 8 });
      await dispatch([consumer], environment);
    };
    const writing = Promise.all([write(1), write(101)]).finally(() => {
      isOver = true;
    });
    await Promise.all([writing, run(here), run(there, other.environment)]);
    const all = [...here.taken, ...there.taken];
    expect(all.length).toBe(120);
    expect(new Set(all.map(({ id }) => id)).size).toBe(120);
    const rows = await app.sql`select event from gantry_changes order by txid, id`;
    const order = rows.map(({ event }) => event);
    for (const { taken } of [here, there]) {
      const ids = new Set(taken.map(({ id }) => id));
      expect([...ids]).toEqual(order.filter((id) => ids.has(id)));
    }
  });

  test("has its own place; one that is new begins where the last of the others is", async () => {
    const [one, two] = [recording("one"), recording("two")];
    await app.sql`insert into deals (name) values ('a')`;
    await dispatch([one.consumer]);
    await app.sql`insert into deals (name) values ('b')`;
    await dispatch([two.consumer]);
    await dispatch([one.consumer, two.consumer]);
    expect([told(one.taken), told(two.taken)]).toEqual([["deal.created 1", "deal.created 2"], ["deal.created 2"]]);
  });
});

describe("a change", () => {
  test("waits for transactions that began before it, so that none comes up behind it", async () => {
    const { consumer, taken } = recording("one");
    const once = () => dispatchEvents({ environment: app.environment, consumers: [consumer] });
    await app.sql`insert into deals (no, name) values (1, 'a'), (2, 'a')`;
    await dispatch([consumer]);
    await app.environment.database.own(async (early) => {
      await early`update deals set name = 'early' where no = 1`;
      await app.sql`update deals set name = 'late' where no = 2`;
      expect(await once()).toMatchObject({ isPending: true });
      expect(taken).toHaveLength(2);
    });
    await dispatch([consumer]);
    expect(taken.slice(2).map(({ record }) => record?.title)).toEqual(["early", "late"]);
  });

  test("of a transaction that began early comes behind that of a later one which changed the record before", async () => {
    const { consumer, taken } = recording("one");
    await app.sql`insert into deals (no, name) values (1, 'a')`;
    await app.environment.database.own(async (early) => {
      await early`select pg_current_xact_id()`;
      await app.sql`update deals set name = 'b' where no = 1`;
      await early`update deals set name = 'c' where no = 1`;
    });
    await dispatch([consumer]);
    expect(taken.map(({ record }) => record?.title)).toEqual(["a", "b", "c"]);
  });
});

describe("a consumer that fails", () => {
  const poison = (event: ChangeEvent) => {
    if (event.key === "2") throw new AppError("invalid_input", "I will not take two.");
  };

  test("undoes nothing of the others, and is asked for the same event again after a while", async () => {
    let isBroken = true;
    const [bad, good] = [recording("bad", (event) => isBroken && poison(event)), recording("good")];
    await app.sql`insert into deals (name) values ('a'), ('b'), ('c')`;
    const again = await dispatch([bad.consumer, good.consumer]);
    expect(told(good.taken)).toHaveLength(3);
    expect(told(bad.taken)).toEqual(["deal.created 1"]);
    expect(again?.getTime()).toBeGreaterThan(Date.now());
    expect(await dispatch([bad.consumer, good.consumer])).not.toBe(null);
    expect(told(bad.taken)).toHaveLength(1);
    isBroken = false;
    await hurry();
    expect(await dispatch([bad.consumer, good.consumer])).toBe(null);
    expect(told(bad.taken)).toEqual(["deal.created 1", "deal.created 2", "deal.created 3"]);
    expect(await app.sql`select from gantry_parked_events`).toHaveLength(0);
  });

  test("has the event set aside in the end, which can be seen and replayed", async () => {
    const bad = recording("bad", poison);
    await app.sql`insert into deals (name) values ('a'), ('b'), ('c')`;
    for (let attempt = 1; attempt < mostAttempts; attempt++) {
      expect(await dispatch([bad.consumer])).not.toBe(null);
      expect(await listParked(app.environment)).toEqual([]);
      await hurry();
    }
    expect(await dispatch([bad.consumer])).toBe(null);
    expect(told(bad.taken)).toEqual(["deal.created 1", "deal.created 3"]);
    const [parked, ...others] = await listParked(app.environment);
    expect(others).toEqual([]);
    expect(parked).toMatchObject({ consumer: "bad", attempts: mostAttempts, reason: "I will not take two." });
    const replay = (consumers: readonly EventConsumer[]) =>
      replayParked({ environment: app.environment, consumers, consumer: "bad", event: parked?.event ?? "" });
    await expect(replay([bad.consumer])).rejects.toThrow("I will not take two.");
    const mended = recording("bad");
    await replay([mended.consumer]);
    expect(told(mended.taken)).toEqual(["deal.created 2"]);
    expect(mended.taken[0]?.id).toBe(parked?.event);
    expect(await listParked(app.environment)).toEqual([]);
    await expect(replay([mended.consumer])).rejects.toMatchObject({ code: "not_found" });
  });

  test("has events set aside whose rows do not fit any more, as those that it fails at", async () => {
    const { consumer, taken } = recording("one");
    await app.sql`insert into deals (name) values ('a'), ('b'), ('c')`;
    await app.sql`update gantry_changes set after = jsonb_set(after, '{amount}', '"much"') where record = '2'`;
    for (let attempt = 1; attempt < mostAttempts; attempt++) {
      expect(await dispatch([consumer])).not.toBe(null);
      await hurry();
    }
    expect(await dispatch([consumer])).toBe(null);
    expect(told(taken)).toEqual(["deal.created 1", "deal.created 3"]);
    expect(await listParked(app.environment)).toMatchObject([{ reason: expect.stringContaining("does not fit") }]);
  });

  test("by a statement of its own undoes only what it did", async () => {
    const bad: EventConsumer = {
      name: "bad",
      isNeeded: () => true,
      async take(_, { sql }) {
        await sql`insert into people (name) values ('by bad')`;
        await sql`select 1 / 0`;
      },
    };
    const good: EventConsumer = {
      name: "good",
      isNeeded: () => true,
      take: async (_, { sql }) => void (await sql`insert into people (name) values ('by good')`),
    };
    await app.sql`insert into deals (name) values ('a')`;
    await dispatch([bad, good]);
    const people = await app.sql`select name from people`;
    expect(people.map(({ name }) => name)).toEqual(["by good"]);
    expect((await app.sql`select reason from gantry_parked_events`)[0]?.reason).not.toContain("zero");
  });
});

test("rows of any size are told of, some at a time", async () => {
  const { consumer, taken } = recording("one");
  // Random, so that it cannot be kept smaller.
  await app.sql`insert into deals (name) select string_agg(md5(random()::text), '') from generate_series(1, 6) n,
    generate_series(1, 40000) group by n`;
  const once = () => dispatchEvents({ environment: app.environment, consumers: [consumer] });
  await expect.poll(async () => (await once()).isFull).toBe(true);
  expect(taken.length).toBeLessThan(6);
  await dispatch([consumer]);
  expect(taken).toHaveLength(6);
});

test("a copy of another server's database goes on where it was: nothing is passed over, in order", async () => {
  const { consumer, taken } = recording("one");
  await app.sql`insert into deals (name) values ('a'), ('b')`;
  await dispatch([consumer]);
  await app.sql`update deals set name = 'c' where no = 1`;
  await app.sql`update deals set name = 'd' where no = 1`;
  // The other server has had more transactions.
  await app.sql`update gantry_changes set txid = txid + 1000000000`;
  await app.sql`update gantry_feed set txid = txid + 1000000000 where name = 'consumer:one'`;
  await app.sql`update deals set name = 'e' where no = 1`;
  await dispatch([consumer]);
  expect(taken.map(({ record }) => record?.title)).toEqual(["a", "b", "c", "d", "e"]);
});

/** Another runtime's. */
function environmentOf() {
  const environment = environmentAt(app.url, model);
  return { environment, [Symbol.asyncDispose]: () => environment.database.close() };
}
