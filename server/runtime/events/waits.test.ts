import { afterAll, beforeAll, expect, test } from "vitest";
import type { Process } from "#lib/model/processTypes.ts";
import { advanceDue } from "../processes/runPump.ts";
import { startRun } from "../processes/startRun.ts";
import { eventConsumers } from "./eventConsumers.ts";
import { holdEvents } from "./holdEvents.ts";
import { dispatchAll } from "./testing/dispatchAll.ts";
import { type EventApp, eventApp } from "./testing/eventApp.ts";
import { eventModel } from "./testing/eventModel.ts";

const untilWon: Process = {
  name: "untilWon",
  input: [{ name: "deal", type: { kind: "integer" }, required: true }],
  steps: [
    {
      kind: "waitFor",
      name: "won",
      resource: "Deal",
      match: "record.id == input.deal && stage == 'won'",
      within: "PT1H",
    },
  ],
  output: [{ name: "amount", type: { kind: "text" }, expression: "string(steps.won.amount)" }],
};

let app: EventApp;
beforeAll(async () => {
  app = await eventApp(eventModel([untilWon]));
});
afterAll(() => app[Symbol.asyncDispose]());

const dispatch = () => dispatchAll(app.environment, eventConsumers);
const advance = () => advanceDue({ environment: app.environment, signal: new AbortController().signal });

async function begin(deal: number): Promise<string> {
  const { environment } = app;
  const start = {
    process: "untilWon",
    input: { deal },
    cause: { kind: "call", id: null, depth: 0 },
    key: null,
  } as const;
  const { id } = await environment.database.own((sql) => startRun(sql, { environment, start }));
  await advance();
  return id;
}

async function statusOf(run: string): Promise<string> {
  const [row] = await app.sql`select status from gantry_runs where id = ${run}`;
  return row?.status;
}

test("a run goes on with the change that it waits for, and with none that happened before", async () => {
  await app.sql`insert into deals (no, stage, amount) values (1, 'closed', 1), (2, 'lead', 2)`;
  const run = await begin(1);
  const other = await begin(2);
  await dispatch();
  await advance();
  expect([await statusOf(run), await statusOf(other)]).toEqual(["waiting", "waiting"]);
  await app.sql`update deals set amount = 5 where no = 1`;
  await dispatch();
  await advance();
  expect([await statusOf(run), await statusOf(other)]).toEqual(["succeeded", "waiting"]);
});

test("nothing is told of while a wait is being kept, so that it misses nothing that happens meanwhile", async () => {
  await app.sql`insert into deals (no) values (3)`;
  let dispatching: Promise<unknown> = Promise.resolve();
  const order: string[] = [];
  await app.environment.database.own(async (sql) => {
    await holdEvents(sql);
    await app.sql`update deals set amount = 7 where no = 3`;
    dispatching = dispatch().then(() => void order.push("told"));
    const waiting = () => app.sql`select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`;
    await expect.poll(async () => (await waiting()).length).toBe(1);
    order.push("kept");
  });
  await dispatching;
  expect(order).toEqual(["kept", "told"]);
});
