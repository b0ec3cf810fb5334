import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import type { Process, ScheduleStart } from "#lib/model/processTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { Database } from "../../exec/Database.ts";
import { App } from "../../host/App.ts";
import { Environment } from "../../host/Environment.ts";
import { aSpec } from "../../host/testing/testRuntime.ts";
import { schedulePump } from "./schedulePump.ts";

const daily: ScheduleStart = { kind: "schedule", cron: "30 2 * * *", zone: "Europe/Berlin" };

function modelOf(...starts: readonly ScheduleStart[]): Model {
  const process: Process = {
    name: "report",
    input: [{ name: "at", type: { kind: "timestamp" }, required: false }],
    starts,
    steps: [],
  };
  return { ...salesModel, processes: [process] };
}

let database: ModelDatabase;
const opened: Database[] = [];

beforeAll(async () => {
  database = await modelDatabase(modelOf(daily));
});
beforeEach(async () => {
  await database.sql`truncate gantry_schedules, gantry_runs`;
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await database[Symbol.asyncDispose]();
});

/** A release as one runtime has it, with connections of its own. */
function environmentOf(model: Model, release = 1): { readonly environment: Environment; readonly pokes: () => number } {
  const own = new Database(database.url);
  opened.push(own);
  const spec = aSpec(model, { databaseUrl: database.url, release });
  let pokes = 0;
  const environment = new Environment({ spec, app: new App(spec.snapshot), database: own, poke: () => (pokes += 1) });
  return { environment, pokes: () => pokes };
}

const run = ({ environment }: { readonly environment: Environment }) =>
  schedulePump.run(environment, new AbortController().signal);
const known = async () => (await database.sql`select name from gantry_schedules order by name`).map(({ name }) => name);
const runs = () => database.sql<{ key: string; input: string; cause: string }[]>`
  select key, input, cause_kind || ' ' || cause_id as cause from gantry_runs order by cause_id`;
/** As if so much time had gone by since. */
const goBack = (days: number) =>
  database.sql`update gantry_schedules set at = date_trunc('minute', now()) - make_interval(days => ${days})`;
/** What the last minute but one was, as a schedule of that minute every day. */
async function justNow(): Promise<ScheduleStart> {
  const [row] = await database.sql<{ cron: string }[]>`
    select to_char(now() - interval '1 minute', 'FMMI FMHH24 * * *') as cron`;
  return { kind: "schedule", cron: row?.cron ?? "" };
}

describe("A schedule", () => {
  test("begins with the release that brings it: nothing before that was missed", async () => {
    const one = environmentOf(modelOf({ ...daily, missed: "each" }));
    const next = await run(one);
    expect([await known(), await runs(), one.pokes()]).toEqual([["report 30 2 * * * Europe/Berlin"], [], 0]);
    expect(next && next.getTime() - Date.now()).toBeLessThanOrEqual(3_600_000);
  });

  test("begins a run at its moment, with the moment for its input, and says so", async () => {
    const start: ScheduleStart = { ...(await justNow()), input: [{ name: "at", expression: "scheduledAt" }] };
    await run(environmentOf(modelOf(start)));
    await goBack(1);
    const one = environmentOf(modelOf(start));
    await run(one);
    const [begun, ...more] = await runs();
    const moment = begun?.cause.replace("schedule ", "") ?? "";
    expect([more, one.pokes(), begun?.key]).toEqual([[], 1, `report ${start.cron} UTC ${moment}`]);
    expect(new Date(JSON.parse(begun?.input ?? "{}").at).toISOString()).toBe(moment);
    expect(moment).toMatch(/:00\.000Z$/);
    await run(environmentOf(modelOf(start)));
    expect((await runs()).length).toBe(1);
  });

  test("begins one run for a moment, whatever number of runtimes come to it at once", async () => {
    const start: ScheduleStart = { ...(await justNow()), missed: "each" };
    await run(environmentOf(modelOf(start)));
    await goBack(10);
    const runtimes = Array.from({ length: 8 }, () => environmentOf(modelOf(start)));
    await Promise.all(runtimes.map(run));
    const moments = (await runs()).map(({ cause }) => cause);
    expect([moments.length, new Set(moments).size]).toEqual([10, 10]);
    expect(runtimes.reduce((sum, one) => sum + one.pokes(), 0)).toBe(1);
  });

  test("that was missed for days begins nothing where it is not to be caught up", async () => {
    await run(environmentOf(modelOf(daily)));
    await database.sql`update gantry_schedules set at = now() - interval '3 days'`;
    // Unless it has just been half past two in Berlin.
    const [{ isNow } = { isNow: false }] = await database.sql`
      select (now() at time zone 'Europe/Berlin')::time between '02:30' and '02:36' as "isNow"`;
    await run(environmentOf(modelOf(daily)));
    expect((await runs()).length).toBe(isNow ? 1 : 0);
  });

  test("is not asked for before its moment: until then the database is left alone", async () => {
    const one = environmentOf(modelOf(daily));
    const next = await run(one);
    await database.sql`truncate gantry_schedules`;
    expect([await run(one), await known()]).toEqual([next, []]);
  });
});

describe("A new release", () => {
  test("that has a schedule no more forgets it; an older one leaves those of a newer", async () => {
    const weekly: ScheduleStart = { kind: "schedule", cron: "0 9 * * 1" };
    await run(environmentOf(modelOf(daily), 1));
    await run(environmentOf(modelOf(weekly), 2));
    expect(await known()).toEqual(["report 0 9 * * 1 UTC"]);
    await run(environmentOf(modelOf(daily), 1));
    expect(await known()).toEqual(["report 0 9 * * 1 UTC", "report 30 2 * * * Europe/Berlin"]);
    await run(environmentOf(modelOf(weekly, daily), 3));
    expect((await known()).length).toBe(2);
  });

  test("with another way to catch up goes on where the one before was", async () => {
    const start = await justNow();
    await run(environmentOf(modelOf(start)));
    await goBack(3);
    await run(environmentOf(modelOf({ ...start, missed: "each" }), 2));
    expect((await runs()).length).toBe(3);
  });
});
