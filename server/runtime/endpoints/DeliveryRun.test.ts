import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type LocalServer, localServer, type Respond } from "../egress/testing/localServer.ts";
import { dispatchEvents } from "../events/dispatchEvents.ts";
import { type EventApp, eventApp } from "../events/testing/eventApp.ts";
import { eventModel } from "../events/testing/eventModel.ts";
import { Environment } from "../host/Environment.ts";
import { deliveryPump } from "./deliveryPump.ts";
import { createEndpoint } from "./Endpoints.ts";
import { endpointsConsumer } from "./fanOut.ts";

let app: EventApp;
let environment: Environment;
let server: LocalServer;
let respond: Respond;

beforeAll(async () => {
  app = await eventApp(eventModel());
  const { spec, app: model, database } = app.environment;
  const snapshot = { format: 1, hash: "a", model: model.model } as const;
  environment = new Environment({
    spec: { ...spec, snapshot, egress: { allow: ["127.0.0.1"] } },
    app: model,
    database,
  });
  server = await localServer((seen, response) => respond(seen, response));
  const input = { url: server.url, types: ["*"], description: null, enabled: true };
  await createEndpoint(environment, input);
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

beforeEach(async () => {
  await app.clear();
  await app.sql`truncate gantry_deliveries`;
  await app.sql`update gantry_endpoints set failing_since = null`;
  server.seen.length = 0;
  respond = (_seen, response) => response.end();
});

/** Until nothing is left to be handed over; other databases' transactions may have to end first. */
async function dispatch(): Promise<void> {
  for (;;) {
    const { isFull, isPending } = await dispatchEvents({ environment, consumers: [endpointsConsumer] });
    if (!isFull && !isPending) return;
  }
}

const run = (signal = new AbortController().signal) => deliveryPump.run(environment, signal);
const ids = () => server.seen.map(({ headers }) => headers["webhook-id"]);

describe("what is to be sent", () => {
  test("is there once with its change, and not at all with one that was undone", async () => {
    await app.sql`insert into deals (name) values ('kept')`;
    await app.sql
      .begin(async (sql) => {
        await sql`insert into deals (name) values ('undone')`;
        throw new Error("undone");
      })
      .catch(() => {});
    await dispatch();
    await dispatch();
    await run();
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]?.body).toContain("kept");
  });

  test("and was under way when the runtime ended is sent by the next, with the same id", async () => {
    respond = () => {};
    await app.sql`insert into deals (name) values ('one'), ('two')`;
    await dispatch();
    const end = new AbortController();
    const broken = run(end.signal);
    await server.until(2);
    end.abort();
    await broken;
    const first = ids();
    expect(await app.sql`select from gantry_deliveries where held_until is null and attempts = 0`).toHaveLength(2);
    server.seen.length = 0;
    respond = (_seen, response) => response.end();
    await run();
    expect(new Set(ids())).toEqual(new Set(first));
  });

  test("and is held by a runtime that was killed waits for the end of its claim alone", async () => {
    await app.sql`insert into deals (name) values ('one')`;
    await dispatch();
    await app.sql`update gantry_deliveries set held_until = now() + interval '50 seconds'`;
    const again = await run();
    expect(server.seen).toHaveLength(0);
    const seconds = (Number(again) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(40);
    expect(seconds).toBeLessThan(60);
    await app.sql`update gantry_deliveries set held_until = now() - interval '1 second'`;
    expect(await run()).toBeNull();
    expect(server.seen).toHaveLength(1);
  });

  test("is sent once by several runtimes together, each record's in order", async () => {
    await app.sql`insert into deals (name) select 'deal' from generate_series(1, 10)`;
    for (let round = 0; round < 5; round += 1) await app.sql`update deals set name = ${`round ${round}`}`;
    await dispatch();
    await using other = {
      environment: new Environment({
        spec: { ...environment.spec, snapshot: { format: 1, hash: "a", model: environment.app.model } },
        app: environment.app,
        database: new (await import("../exec/Database.ts")).Database(app.url),
      }),
      async [Symbol.asyncDispose]() {
        await this.environment.database.close();
      },
    };
    const { signal } = new AbortController();
    while ((await app.sql`select from gantry_deliveries where status = 'waiting'`).length > 0) {
      await Promise.all([run(), deliveryPump.run(other.environment, signal)]);
    }
    expect(ids()).toHaveLength(60);
    expect(new Set(ids()).size).toBe(60);
    const bySubject = Map.groupBy(
      server.seen.map(({ body }) => JSON.parse(body)),
      ({ subject }) => subject,
    );
    expect(bySubject.size).toBe(10);
    for (const events of bySubject.values()) {
      expect(events.map(({ data }) => data.record.title)).toEqual([
        "deal",
        ...[0, 1, 2, 3, 4].map((round) => `round ${round}`),
      ]);
    }
  });
});
