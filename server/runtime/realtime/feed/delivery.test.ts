import { setImmediate as breathe } from "node:timers/promises";
import fc from "fast-check";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "#tests/support/postgres.ts";
import type { EventReader } from "../testing/EventReader.ts";
import { admin, ann, type FeedApp, feedApp } from "../testing/feedApp.ts";

let app: FeedApp;
/** Enough connections for transactions that are open side by side. */
let writers: postgres.Sql;
beforeAll(async () => {
  app = await feedApp();
  writers = postgres(app.statements.url, { max: 8, onnotice: () => {} });
});
afterAll(async () => {
  await writers.end();
  await app[Symbol.asyncDispose]();
});
afterEach(() => app.clear());

/** `record:number` of every change that was committed, in the order in which each record was changed. */
async function committed(): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows =
    await app.sql`select record, change.id::text from gantry_changes change where resource = 'deals' order by change.id`;
  return grouped(rows.map(({ record, id }) => [record, id]));
}

function grouped(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [record, id] of pairs) groups.set(record, [...(groups.get(record) ?? []), id]);
  return groups;
}

/** The same of what a reader was told. */
async function told(reader: EventReader, count: number) {
  const events = await reader.take(count);
  const number = (id: string) => String(Number.parseInt(id.split(".")[1] ?? "", 36));
  return grouped(events.map(({ id, data }) => [String(data.id), number(id)]));
}

const transaction = fc.record({
  /** It has its number before it has changed anything. */
  early: fc.boolean(),
  records: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
  /** It stays open until so many others have ended. */
  patience: fc.integer({ min: 0, max: 6 }),
  isUndone: fc.boolean(),
});
const scripts = fc.array(fc.array(transaction, { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 7 });

describe("of changes that are made side by side", () => {
  test("none is lost, none doubled, and those of each record come in their order", async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (work) => {
        await app.clear();
        await app.sql`insert into deals (no, amount) select n, 0 from generate_series(1, 5) n`;
        const reader = await app.listen("/events?resources=deals&fields[deals]=amount");
        await app.sql`truncate gantry_changes`;
        let ended = 0;
        let open = 0;
        let running = work.length;
        const run = async (script: (typeof work)[number]) => {
          for (const { early, records, patience, isUndone } of script) {
            const begun = ended;
            await writers
              .begin(async (sql) => {
                open += 1;
                if (early) await sql`select pg_current_xact_id()`;
                // In one order, so that no two wait for each other.
                for (const no of records.toSorted()) {
                  await sql`update deals set amount = amount + 1 where no = ${no}`;
                  // The others are stopped too where they wait for this one.
                  for (let round = 0; round < 20 && ended < begun + patience && running > 1; round++) await breathe();
                }
                if (isUndone) throw new Error("undone");
              })
              .catch((error: unknown) => {
                if (!(error instanceof Error) || error.message !== "undone") throw error;
              })
              .finally(() => {
                open -= 1;
                ended += 1;
              });
          }
          running -= 1;
        };
        await Promise.all(work.map(run));
        // The last change of all: whatever comes before it was told before it.
        await app.sql`insert into deals (no) values (99)`;
        const expected = await committed();
        const count = [...expected.values()].flat().length;
        expect(await told(reader, count)).toEqual(expected);
        reader.close();
        expect(open).toBe(0);
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test("a change waits for transactions that began before it, and is told as soon as they end, whatever they did", async () => {
    const reader = await app.listen("/events?resources=deals&fields[deals]=title");
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const { promise: began, resolve: begin } = Promise.withResolvers<void>();
    const early = writers.begin(async (sql) => {
      await sql`insert into tags (id) values ('early')`;
      begin();
      await mayEnd;
    });
    await began;
    await app.sql`insert into deals (no, title) values (1, 'late')`;
    const { count } = await app.statements.during(async () => {
      end();
      await early;
      expect((await reader.next()).data.record.title).toBe("late");
    });
    expect(count).toBeGreaterThan(0);
  });
});

test("a change waits for nobody in another database of the server", async () => {
  await using other = await testDatabase();
  const elsewhere = postgres(other.url, { max: 1, onnotice: () => {} });
  const reader = await app.listen("/events?resources=deals&fields[deals]=title");
  await elsewhere.begin(async (sql) => {
    await sql`select pg_current_xact_id()`;
    await app.sql`insert into deals (no, title) values (1, 'mine')`;
    expect((await reader.next()).data.record.title).toBe("mine");
  });
  await elsewhere.end();
});

describe("who comes back", () => {
  test("goes on after the last event, and gets each exactly once", async () => {
    const first = await app.listen("/events?resources=deals&fields[deals]=id");
    await app.sql`insert into deals (no) select generate_series(1, 6)`;
    const events = await first.take(6);
    first.close();
    await app.sql`insert into deals (no) select generate_series(7, 9)`;
    const third = events[2]?.id ?? "";
    const byHeader = await app.listen("/events?resources=deals&fields[deals]=id&after=0.0", null, {
      "last-event-id": third,
    });
    const byQuery = await app.listen(`/events?resources=deals&fields[deals]=id&after=${third}`);
    await app.sql`insert into deals (no) values (10)`;
    for (const reader of [byHeader, byQuery]) {
      expect((await reader.take(7)).map(({ data }) => data.id)).toEqual([4, 5, 6, 7, 8, 9, 10]);
    }
  });

  test("may have been away for more than is read at once", async () => {
    const first = await app.listen("/events?resources=deals");
    const { lastEventId } = first;
    first.close();
    await app.sql`insert into deals (no) select generate_series(1, 1500)`;
    await app.sql`insert into notes (id) select gen_random_uuid() from generate_series(1, 500)`;
    await app.sql`insert into deals (no) values (2000)`;
    const reader = await app.listen(`/events?resources=deals&fields[deals]=id&after=${lastEventId}`);
    const ids = (await reader.take(1501)).map(({ data }) => data.id);
    expect(ids).toEqual([...Array.from({ length: 1500 }, (_, index) => index + 1), 2000]);
  });

  test("is told when changes are no longer kept: by a reset, or by a refusal where it names the place itself", async () => {
    const first = await app.listen("/events?resources=deals");
    const { lastEventId } = first;
    await app.sql`insert into deals (no) select generate_series(1, 10)`;
    const last = (await first.take(10)).at(-1)?.id ?? "";
    first.close();
    await app.sql`update gantry_changes set at = now() - interval '2 days' where record::int <= 9`;
    const sweep = async () => {
      await app.sql`select gantry_sweep_changes(0)`;
      return (await app.sql`select from gantry_changes`).length;
    };
    // Transactions of others on the server may have to end first.
    await expect.poll(sweep).toBe(1);
    const kept = await app.listen(`/events?resources=deals&fields[deals]=id&after=${last}`);
    expect(kept.status).toBe(200);
    const refused = await app.listen(`/events?resources=deals&after=${lastEventId}`);
    expect([refused.status, JSON.parse(await refused.body()).code]).toEqual([410, "position_gone"]);
    for (const gone of [lastEventId, "no position at all"]) {
      const reader = await app.listen("/events?resources=deals&fields[deals]=id", null, { "last-event-id": gone });
      const reset = await reader.next();
      expect([reset.event, reset.data.code]).toEqual(["reset", "position_gone"]);
      await app.sql`update deals set title = ${gone} where no = 1`;
      expect(await reader.next()).toMatchObject({ event: "updated", data: { id: 1 } });
    }
  });
});

test("a reader that sleeps while 5,000 changes are made misses none, and the others do not wait for it", async () => {
  const path = "/events?resources=deals&fields[deals]=id,title";
  const sleeper = await app.listen(path);
  const other = await app.listen(path);
  sleeper.sleep();
  const all = Array.from({ length: 5000 }, (_, index) => index + 1);
  for (let from = 0; from < 5000; from += 500) {
    await app.sql`insert into deals (no, title) select n, repeat('x', 1000) from generate_series(${from + 1}::int, ${from + 500}::int) n`;
  }
  expect((await other.take(5000)).map(({ data }) => data.id)).toEqual(all);
  sleeper.wakeUp();
  expect((await sleeper.take(5000)).map(({ data }) => data.id)).toEqual(all);
}, 60_000);

test("what a sleeper is told is how things are when it wakes up", async () => {
  await app.sql`insert into deals (no, owner_id) values (1, 'ann'), (2, 'ann')`;
  const reader = await app.listen("/events?resources=deals&fields[deals]=id,title", ann);
  reader.sleep();
  // More than fits into the sockets of both sides.
  for (let round = 0; round < 60; round++) {
    await app.sql`update deals set title = repeat(${String(round % 10)}, 100000) where no = 1`;
  }
  await app.sql`update deals set title = 'secret' where no = 2`;
  await app.sql`update deals set owner_id = 'bob' where no = 2`;
  await app.sql`insert into deals (no, owner_id) values (3, 'ann')`;
  reader.wakeUp();
  const events = await reader.takeUntil(({ data }) => data.id === 3);
  expect(JSON.stringify(events)).not.toContain("secret");
  expect(events.findLast(({ data }) => data.id === 2)?.event).toBe("left");
}, 60_000);

describe("what it costs", () => {
  test("readers of equal access that ask the same share the work", async () => {
    const path =
      "/events?resources=deals&filter[deals][stage]=lead&fields[deals]=id,amount,doubled&include[deals]=tags";
    const readers: EventReader[] = [];
    for (let each = 0; each < 100; each++) {
      readers.push(...(await Promise.all([app.listen(path), app.listen(path, { ...admin, id: `admin${each}` })])));
    }
    const { count } = await app.statements.during(async () => {
      await app.sql`insert into deals (no, amount) values (1, 5)`;
      const events = await Promise.all(readers.map((reader) => reader.next()));
      expect(new Set(events.map(({ data }) => data.record.doubled))).toEqual(new Set(["10.00"]));
    });
    // One look at what is new and one at what it is for each of the two accesses; the rest is upkeep by the clock.
    expect(count).toBeLessThan(12);
  });

  test("readers whose sight depends on who they are do not", async () => {
    const path = "/events?resources=deals&fields[deals]=id";
    const [forAnn, forBob] = await Promise.all(
      [ann, { id: "bob", roles: ["sales"] }].map((who) => app.listen(path, who)),
    );
    await app.sql`insert into deals (no, owner_id) values (1, 'ann'), (2, 'bob')`;
    expect([(await forAnn?.next())?.data.id, (await forBob?.next())?.data.id]).toEqual([1, 2]);
  });

  test("with nobody listening there is no connection for it, and nothing is told to anybody", async () => {
    const connections = async () => {
      const rows = await app.sql`select query from pg_stat_activity where datname = current_database()
          and (query ilike 'listen %' or query like '%foreign_changes%')`;
      return rows.filter(({ query }) => !query.includes("pg_stat_activity")).length;
    };
    const reader = await app.listen("/events");
    expect(await connections()).toBe(1);
    reader.close();
    await expect.poll(connections, { timeout: 10_000 }).toBe(0);
  });
});
