import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Process, Step } from "#lib/model/processTypes.ts";
import { timeOrderedUuid } from "#lib/plan/write/timeOrderedUuid.ts";
import { type LocalServer, localServer } from "../egress/testing/localServer.ts";
import type { ChangeEvent } from "../events/ChangeEvent.ts";
import { advanceDue } from "./runPump.ts";
import { environmentOf, ProcessBench } from "./testing/ProcessBench.ts";
import { log, processModel } from "./testing/processModel.ts";
import { wakeWaits } from "./wakeWaits.ts";

const text = { kind: "text" } as const;
const list = { kind: "list", of: { kind: "integer" } } as const;

const ask = (more: Partial<Step> = {}): Step =>
  ({ kind: "request", name: "ask", method: "POST", url: "input.server", ...more }) as Step;
const server = { name: "server", type: text, required: true } as const;

const waiting = (last: string): Process => ({
  name: "waiting",
  steps: [
    log("before", "'before'"),
    { kind: "wait", name: "pause", for: "duration('P90D')" },
    log("after", `'${last}'`),
  ],
});

const processes: readonly Process[] = [
  waiting("after"),
  {
    name: "until",
    input: [{ name: "at", type: { kind: "timestamp" }, required: true }],
    steps: [{ kind: "wait", name: "pause", until: "input.at" }],
  },
  {
    name: "trying",
    input: [server],
    steps: [{ ...ask(), retry: { attempts: 3, pause: "PT1M" }, onError: [log("gave", "'gave up: ' + error.code")] }],
  },
  { name: "slow", input: [server], steps: [{ ...ask(), timeout: "PT0.2S", onError: [log("late", "error.code")] }] },
  {
    name: "bounded",
    timeout: "P1D",
    steps: [
      { ...log("begun", "'begun'"), compensate: [log("undone", "'undone'")] },
      {
        kind: "forEach",
        name: "days",
        items: "[1, 2, 3]",
        as: "day",
        steps: [
          {
            kind: "wait",
            name: "pause",
            for: "duration('PT9H')",
            // Too late is too late: what deals with failures is as well.
            onError: [log("caught", "'caught'")],
          },
        ],
      },
    ],
  },
  {
    name: "undoing",
    input: [server],
    steps: [
      { ...log("one", "'one'"), compensate: [{ ...ask({ name: "refund" }) } as Step, log("undone", "'undone'")] },
      { kind: "fail", name: "stop", message: "'Stop'" },
    ],
  },
  {
    name: "paying",
    input: [{ name: "order", type: { kind: "integer" }, required: true }],
    steps: [
      {
        kind: "waitFor",
        name: "paid",
        resource: "Order",
        actions: ["pay"],
        match: "id == input.order && state == 'paid' && previous.state == 'open'",
        within: "P30D",
      },
      log("told", "coalesce(steps.paid.title, 'nothing')"),
    ],
  },
  {
    name: "many",
    input: [{ name: "numbers", type: list, required: true }],
    steps: [
      { kind: "forEach", name: "each", items: "input.numbers", as: "number", steps: [log("line", "string(number)")] },
    ],
    output: [{ name: "items", type: { kind: "integer" }, expression: "steps.each" }],
  },
  {
    name: "again",
    steps: [
      {
        kind: "forEach",
        name: "each",
        items: "[1, 2, 3]",
        as: "item",
        retry: { attempts: 2, pause: "PT1H" },
        steps: [
          log("line", "string(item)"),
          { kind: "action", name: "pay", resource: "Order", action: "pay", key: "item" },
        ],
      },
    ],
  },
  { name: "parent", steps: [{ kind: "process", name: "child", process: "waiting" }] },
];

let bench: ProcessBench;
let out: LocalServer;
/** What the server outside answers: a status, or nothing at all. */
let status: number | null = 200;
beforeAll(async () => {
  bench = await ProcessBench.of(processModel(processes));
  out = await localServer((_seen, response) => {
    if (status !== null) response.writeHead(status, { "content-type": "application/json" }).end("{}");
  });
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await out[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await bench.sql`TRUNCATE entries, orders, gantry_runs, gantry_steps, gantry_waits RESTART IDENTITY`;
  out.seen.length = 0;
  status = 200;
});

describe("A wait", () => {
  test("of months is a row and nothing more; a hundred of them are looked at by none", async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, () => bench.start("waiting")));
    await bench.advance();
    expect(await bench.sql`SELECT DISTINCT status, held_until FROM gantry_runs`).toEqual([
      { status: "waiting", held_until: null },
    ]);
    const before = await bench.sql`SELECT sum(turn)::int AS turns FROM gantry_runs`;
    await bench.pass("89 days");
    await bench.advance();
    expect(await bench.sql`SELECT sum(turn)::int AS turns FROM gantry_runs`).toEqual(before);
    await bench.pass("2 days");
    await bench.advance();
    const done = await bench.sql`SELECT count(*)::int AS runs FROM gantry_runs WHERE status = 'succeeded'`;
    expect(done).toEqual([{ runs: ids.length }]);
    expect((await bench.entries()).filter((entry) => entry === "after")).toHaveLength(100);
  });

  test("until a moment that is over is none", async () => {
    expect(await bench.run("until", { at: "2020-01-01T00:00:00Z" })).toMatchObject({ status: "succeeded" });
    expect(await bench.run("until", { at: "2999-01-01T00:00:00Z" })).toMatchObject({ status: "waiting" });
  });

  test("for a change is over with the change that fits, and only with one that came after it began", async () => {
    const { id } = await bench.run("paying", { order: 7 });
    const tell = async (change: Partial<ChangeEvent>) => {
      const [now] = await bench.sql`SELECT pg_current_xact_id()::text AS id`;
      const record = { id: 7, title: "Tea", state: "paid" };
      const event: ChangeEvent = {
        id: timeOrderedUuid(),
        position: { txid: 1n, id: 1n },
        madeBy: BigInt(now?.id),
        kind: "updated",
        resource: "Order",
        key: "7",
        type: "order.updated",
        action: "pay",
        actor: null,
        at: new Date().toISOString(),
        record,
        previous: { ...record, state: "open" },
        changed: ["state"],
        cause: null,
        ...change,
      };
      await bench.environment.database.own((sql) => wakeWaits(sql, bench.environment, event));
      await bench.advance();
      return (await bench.row(id)).status;
    };
    expect(await tell({ madeBy: 3n })).toBe("waiting");
    expect(await tell({ key: "8", record: { id: 8, title: "Tea", state: "paid" } })).toBe("waiting");
    expect(await tell({ action: "update" })).toBe("waiting");
    expect(await tell({ previous: { id: 7, state: "paid" } })).toBe("waiting");
    expect(await tell({})).toBe("succeeded");
    expect(await bench.entries()).toEqual(["Tea"]);
    expect(await bench.sql`SELECT 1 FROM gantry_waits`).toHaveLength(0);
  });

  test("for a change that never comes is over in time", async () => {
    const { id } = await bench.run("paying", { order: 7 });
    await bench.pass("31 days");
    await bench.advance();
    expect(await bench.row(id)).toMatchObject({ status: "succeeded" });
    expect(await bench.entries()).toEqual(["nothing"]);
  });
});

describe("A step that fails", () => {
  test("is tried again after pauses that grow, always by the same key, and then given up", async () => {
    status = 500;
    const { id } = await bench.run("trying", { server: out.url });
    const attempts = async (seconds: number) => {
      await bench.pass(`${seconds} seconds`);
      await bench.advance();
      return out.seen.length;
    };
    expect([await attempts(50), await attempts(15), await attempts(100), await attempts(25)]).toEqual([1, 2, 2, 3]);
    expect(await bench.row(id)).toMatchObject({ status: "succeeded" });
    expect(await bench.entries()).toEqual(["gave up: http_500"]);
    expect(new Set(out.seen.map(({ headers }) => headers["idempotency-key"]))).toEqual(new Set([`${id}:ask`]));
  });

  test("has failed where it takes longer than it may", async () => {
    status = null;
    expect(await bench.run("slow", { server: out.url })).toMatchObject({ status: "succeeded" });
    expect(await bench.entries()).toEqual(["timed_out"]);
  });

  test("within a loop is done again with it, and what was done before is not", async () => {
    await bench.sql`INSERT INTO orders (title) VALUES ('One')`;
    const { id } = await bench.run("again");
    expect(await bench.row(id)).toMatchObject({ status: "waiting" });
    await bench.sql`INSERT INTO orders (title) VALUES ('Two'), ('Three')`;
    await bench.pass("2 hours");
    await bench.advance();
    expect(await bench.row(id)).toMatchObject({ status: "succeeded" });
    expect(await bench.entries()).toEqual(["1", "2", "3"]);
  });
});

describe("A run", () => {
  test("that takes longer than it may fails, and is undone", async () => {
    const { id } = await bench.run("bounded");
    for (const interval of ["10 hours", "10 hours", "10 hours"]) {
      await bench.pass(interval);
      await bench.advance();
    }
    expect(await bench.row(id)).toMatchObject({ status: "failed", error: { code: "timed_out" } });
    expect(await bench.entries()).toEqual(["begun", "undone"]);
  });

  test("undoes by steps that are tried again without being told to", async () => {
    status = 503;
    const { id } = await bench.run("undoing", { server: out.url });
    expect(await bench.row(id)).toMatchObject({ status: "compensating" });
    status = 200;
    await bench.pass("1 minute");
    await bench.advance();
    expect(await bench.row(id)).toMatchObject({ status: "failed", error: { message: "Stop" } });
    expect(await bench.entries()).toEqual(["one", "undone"]);
  });

  test("keeps the version that it began with when the app is deployed anew", async () => {
    const { id: old } = await bench.run("waiting");
    await using other = await release(processModel([waiting("after the deploy")]));
    const { id } = await other.run("waiting");
    await bench.pass("91 days");
    await other.advance();
    expect(await bench.row(old)).toMatchObject({ status: "succeeded" });
    expect(await bench.row(id)).toMatchObject({ status: "succeeded" });
    expect((await bench.entries()).slice(2).toSorted()).toEqual(["after", "after the deploy"]);
  });

  test("takes what it waits for with it when it is cancelled", async () => {
    const { id } = await bench.run("parent");
    await bench.sql`UPDATE gantry_runs SET cancelled = true, wake_at = now(), woken = true WHERE id = ${id}`;
    await bench.advance();
    expect(await bench.sql`SELECT process, status FROM gantry_runs ORDER BY process`).toEqual([
      { process: "parent", status: "cancelled" },
      { process: "waiting", status: "cancelled" },
    ]);
  });

  test("is one runtime's at a time, whichever: all of them do each step once", async () => {
    const runtimes = await Promise.all([1, 2, 3].map(() => release(processModel(processes))));
    try {
      const ids = await Promise.all(
        Array.from({ length: 12 }, (_, index) => bench.start("many", { numbers: [10 * index, 10 * index + 1] })),
      );
      await Promise.all(runtimes.map((runtime) => runtime.advance()));
      const ended = await bench.sql`SELECT count(*)::int AS runs FROM gantry_runs WHERE status = 'succeeded'`;
      expect(ended).toEqual([{ runs: ids.length }]);
      const entries = await bench.entries();
      expect(entries).toHaveLength(24);
      expect(new Set(entries).size).toBe(24);
    } finally {
      await Promise.all(runtimes.map((runtime) => runtime[Symbol.asyncDispose]()));
    }
  });

  test("that another has taken over in the meantime is left to it, and nothing is done twice", async () => {
    status = null;
    const id = await bench.start("trying", { server: out.url });
    const stopping = new AbortController();
    const first = bench.advance(stopping.signal);
    await out.until(1);
    // As if the first had been away for longer than its lease.
    await bench.sql`UPDATE gantry_runs SET held_until = now() - interval '1 second'`;
    status = 200;
    await using other = await release(processModel(processes));
    await other.advance();
    expect(await bench.row(id)).toMatchObject({ status: "succeeded" });
    stopping.abort();
    await first;
    expect(await bench.row(id)).toMatchObject({ status: "succeeded" });
    expect(out.seen).toHaveLength(2);
  });

  test("goes over a thousand items with a transaction for each, and looks at none of them again", {
    timeout: 60_000,
  }, async () => {
    const numbers = Array.from({ length: 1000 }, (_, index) => index);
    const id = await bench.start("many", { numbers });
    const { database } = bench.environment;
    const { own } = database;
    let transactions = 0;
    database.own = (work) => {
      transactions += 1;
      // As if the runtime had ended in between.
      if (transactions === 400) stopping.abort();
      return own.call(database, work) as never;
    };
    const stopping = new AbortController();
    try {
      await bench.advance(stopping.signal);
      const before = transactions;
      await bench.advance();
      expect(await bench.row(id)).toMatchObject({ status: "succeeded", output: { items: 1000 } });
      expect(before).toBeLessThan(420);
      expect(transactions).toBeLessThan(1030);
    } finally {
      database.own = own;
    }
    expect(await bench.entries()).toEqual(numbers.map(String));
    const [sizes] = await bench.sql`SELECT max(length(state))::int AS state FROM gantry_steps WHERE run = ${id}`;
    expect(sizes?.state).toBeLessThan(100);
  });
});

/** Another runtime on the same database. */
async function release(model: Parameters<typeof environmentOf>[0]) {
  const environment = environmentOf(model, bench.url);
  const other = Object.assign(Object.create(bench) as ProcessBench, { environment });
  other[Symbol.asyncDispose] = () => environment.database.close();
  other.advance = (signal = new AbortController().signal) => advanceDue({ environment, signal });
  return other;
}
