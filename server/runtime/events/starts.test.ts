import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ChangeStart, Process } from "#lib/model/processTypes.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { sealerOf } from "../processes/sealer.ts";
import { eventPump } from "./eventPump.ts";
import { setCause } from "./tellEvents.ts";
import { type EventApp, eventApp } from "./testing/eventApp.ts";
import { eventModel } from "./testing/eventModel.ts";

const text = { kind: "text" } as const;

function process(name: string, start: Omit<ChangeStart, "kind" | "resource">): Process {
  return {
    name,
    input: ["title", "before", "who"].map((input) => ({ name: input, type: text, required: false })),
    starts: [
      {
        kind: "change",
        resource: "Deal",
        input: [
          { name: "title", expression: "title" },
          { name: "before", expression: "previous.title" },
          { name: "who", expression: "actor.id" },
        ],
        ...start,
      },
    ],
    steps: [],
  };
}

const model = eventModel([
  process("onAny", {}),
  process("onWin", { actions: ["win"] }),
  process("onEnd", { actions: ["destroy"] }),
  process("onTitle", { actions: ["update"], fields: ["title"] }),
  process("onMargin", { fields: ["margin"] }),
  process("onLarge", { when: "amount > 100.5 && stage == 'won' && previous.stage != 'won'" }),
  process("onManager", { when: "actor.role == 'manager'" }),
]);

describe("a change, whoever makes it", () => {
  let app: EventApp;
  beforeAll(async () => {
    app = await eventApp(model);
  });
  afterAll(() => app[Symbol.asyncDispose]());
  beforeEach(async () => {
    await app.clear();
    await app.sql`truncate gantry_runs`;
  });

  const open = (sealed: string) => sealerOf(app.environment).open(sealed);

  /** The processes of the runs, in the order in which they began. */
  async function runs(): Promise<readonly string[]> {
    await expect
      .poll(async () => {
        await eventPump.run(app.environment, AbortSignal.timeout(10_000));
        return (
          await app.sql`select from gantry_changes
          where (txid, id) > (select txid, id from gantry_feed where name = 'consumer:starts')`
        ).length;
      })
      .toBe(0);
    const rows = await app.sql`select process from gantry_runs order by id`;
    return rows.map(({ process: name }): string => name);
  }

  test("starts what it fits by resource, action, fields and condition", async () => {
    await app.sql`insert into deals (name, amount, stage) values ('a', 50, 'lead')`;
    expect(await runs()).toEqual(["onAny"]);
    await app.sql`update deals set name = 'b', margin = 'x'`;
    expect((await runs()).slice(1)).toEqual(["onAny", "onTitle", "onMargin"]);
    await app.sql`update deals set amount = 101, stage = 'closed'`;
    expect((await runs()).slice(4)).toEqual(["onAny", "onLarge"]);
    await app.sql`update deals set amount = 102`;
    expect((await runs()).slice(6)).toEqual(["onAny"]);
    await app.sql`update deals set gone = now()`;
    expect((await runs()).slice(7)).toEqual(["onAny", "onEnd"]);
  });

  test("starts it once, however often the event is told", async () => {
    await app.sql`insert into deals (name) values ('a')`;
    await runs();
    await app.sql`update gantry_feed set txid = 0, id = 0`;
    expect(await runs()).toEqual(["onAny"]);
    await app.sql`update deals set name = 'b'`;
    expect(await runs()).toEqual(["onAny", "onAny", "onTitle"]);
  });

  test("is found by whoever looks whether there is something to do, until it was handed over", async () => {
    const isWaiting = async () => (await app.sql.unsafe(`select ${eventPump.waiting} as is_waiting`))[0]?.is_waiting;
    expect(await isWaiting()).toBe(false);
    await app.sql`insert into deals (name) values ('a')`;
    expect(await isWaiting()).toBe(true);
    await runs();
    expect(await isWaiting()).toBe(false);
    await app.sql`update deals set name = 'b'`;
    expect(await isWaiting()).toBe(true);
  });

  test("gives the inputs by what was and what is", async () => {
    await app.sql`insert into deals (name) values ('a')`;
    await app.sql`update deals set name = 'b'`;
    await runs();
    const inputs = await app.sql`select input, cause_id from gantry_runs where process = 'onAny' order by id`;
    expect(inputs.map(({ input }) => JSON.parse(open(input)))).toEqual([
      { title: "a", before: null, who: null },
      { title: "b", before: "a", who: null },
    ]);
    const events = await app.sql`select event from gantry_changes order by id`;
    expect(inputs.map(({ cause_id }) => cause_id)).toEqual(events.map(({ event }) => event));
  });

  test("counts the runs that led to it; an app that goes in circles comes to an end that can be seen", async () => {
    await app.environment.database.own(async (sql) => {
      await setCause(sql, { run: "r1", depth: 3 });
      await sql`insert into deals (name) values ('a')`;
    });
    await runs();
    expect((await app.sql`select depth::text from gantry_runs`).map(({ depth }) => depth)).toEqual(["4"]);
    await app.environment.database.own(async (sql) => {
      await setCause(sql, { run: "r2", depth: 100 });
      await sql`insert into deals (name) values ('b')`;
    });
    await runs();
    const [last] = await app.sql`select status, error from gantry_runs order by id desc limit 1`;
    expect(last?.status).toBe("failed");
    expect(JSON.parse(open(last?.error))).toMatchObject({ code: "too_deep" });
  });
});

describe("a change by the API", () => {
  let app: ServedApp;
  beforeAll(async () => {
    app = await servedApp({
      ...model,
      resources: model.resources.map((resource) => ({
        ...resource,
        policies: [{ effect: "allow", actions: ["*"], expression: "true" }],
      })),
    });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  test("starts processes soon after it, with who made it and by which action", async () => {
    const actor = JSON.stringify({ id: 7, roles: ["manager"] });
    const send = (method: string, path: string, body: unknown) =>
      app.fetch(path, {
        method,
        headers: { "content-type": "application/json", "gantry-act-as": actor },
        body: JSON.stringify(body),
      });
    const made = await send("POST", "/rest/v1/deals", { title: "Ship", amount: "1000", stage: "lead" });
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: number };
    expect((await send("POST", `/rest/v1/deals/${id}/win`, {})).status).toBe(200);
    const names = async () =>
      (await app.sql`select distinct process from gantry_runs order by process`).map(({ process: name }) => name);
    await expect.poll(names, { timeout: 10_000 }).toEqual(["onAny", "onLarge", "onManager", "onWin"]);
  });

  test("is told with who made it also where it takes others along, which no action of theirs did", async () => {
    const send = (method: string, path: string, body?: unknown) =>
      app.fetch(path, {
        method,
        headers: { "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const { id } = (await (await send("POST", "/rest/v1/people", { name: "Ada" })).json()) as { id: number };
    expect((await send("POST", "/rest/v1/deals", { title: "Hers", ownerId: id })).status).toBe(201);
    expect((await send("DELETE", `/rest/v1/people/${id}`)).status).toBeLessThan(300);
    const made = await app.sql`select kind, action, actor, actor_kind from gantry_changes
      where before ->> 'name' = 'Hers' or after ->> 'name' = 'Hers' order by id`;
    expect(made.map((row) => ({ ...row }))).toEqual([
      { kind: "created", action: "create", actor: "test", actor_kind: "apiKey" },
      { kind: "destroyed", action: null, actor: "test", actor_kind: "apiKey" },
    ]);
  });

  test("whose event was set aside can be seen and replayed by a service key", async () => {
    await app.sql`delete from gantry_runs`;
    await app.sql`insert into gantry_parked_events (consumer, event, txid, id, attempts, reason, parked)
      select 'starts', event, txid, id, 8, 'It did not work.', true from gantry_changes where action = 'win'`;
    const listed = await app.fetch("/events/parked");
    const { data } = (await listed.json()) as { data: readonly { consumer: string; event: string }[] };
    expect(data).toMatchObject([{ consumer: "starts", attempts: 8, reason: "It did not work." }]);
    const replay = () => app.fetch(`/events/parked/starts/${data[0]?.event}/replay`, { method: "POST" });
    expect((await replay()).status).toBe(204);
    const names = await app.sql`select process from gantry_runs`;
    expect(names.map(({ process: name }) => name)).toContain("onWin");
    expect((await replay()).status).toBe(404);
    const actor = JSON.stringify({ id: 7, roles: ["manager"] });
    const others = await app.fetch("/events/parked", { headers: { "gantry-act-as": actor } });
    expect(others.status).toBe(403);
  });
});
