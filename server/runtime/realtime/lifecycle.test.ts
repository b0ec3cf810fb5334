import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import type { Model } from "#lib/model/types.ts";
import { freePort } from "#scripts/freePort.ts";
import { type PostgresOptions, type PostgresServer, startPostgres } from "#scripts/postgres/PostgresServer.ts";
import { applyModelTo } from "#server/features/environments/applyModelTo.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { aSpec, sha256, type TestRuntime, testKey, testRuntime } from "../host/testing/testRuntime.ts";
import { EventReader } from "./testing/EventReader.ts";
import { feedModel } from "./testing/feedModel.ts";

/** Without encrypted values, which want keys of their own. */
const model: Model = {
  ...feedModel,
  resources: feedModel.resources.map((resource) => ({
    ...resource,
    attributes: resource.attributes.filter(({ type }) => type.kind !== "encrypted"),
  })),
};
const path = "/events?resources=deals&fields[deals]=id";

let database: ModelDatabase;
let runtime: TestRuntime;
const readers: EventReader[] = [];
beforeAll(async () => {
  database = await modelDatabase(model);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  runtime = await testRuntime();
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await runtime[Symbol.asyncDispose]();
  await database.sql`truncate deals, notes, gantry_changes cascade`;
});

const spec = (parts: Partial<EnvironmentSpec> = {}) => aSpec(model, { databaseUrl: database.url, ...parts });

async function listen(headers: Record<string, string> = {}, to = path): Promise<EventReader> {
  const reader = await EventReader.listen(runtime.url(), { path: to, headers: { "x-api-key": testKey, ...headers } });
  readers.push(reader);
  return reader;
}

describe("a stream ends", () => {
  test("with its release, whose reader goes on where it was on the next", async () => {
    await runtime.put(spec());
    const first = await listen();
    await database.sql`insert into deals (no) values (1)`;
    await first.next();
    await runtime.put(spec({ release: 2 }));
    await first.ended();
    expect(first.retry).toBeLessThan(2000);
    await database.sql`insert into deals (no) values (2)`;
    const second = await listen({ "last-event-id": first.lastEventId });
    expect((await second.next()).data.id).toBe(2);
  });

  test("with its release also where nobody takes what is sent", async () => {
    await runtime.put(spec());
    const reader = await listen({}, "/events?resources=notes");
    reader.sleep();
    await database.sql`
      insert into notes (id, text) select gen_random_uuid(), repeat('x', 100000) from generate_series(1, 200)`;
    const other = { ...model, app: { ...model.app, name: "Other" } };
    await runtime.put(aSpec(other, { databaseUrl: database.url, release: 2 }));
    const apps = async () => {
      const metrics = await (await fetch(`http://127.0.0.1:${runtime.runtime.port}/metrics`)).text();
      return /^gantry_apps (\d+)$/m.exec(metrics)?.[1];
    };
    await expect.poll(apps, { timeout: 15_000 }).toBe("1");
  });

  test("when its key is taken away, and nobody listens with it any more", async () => {
    await runtime.put(spec());
    const reader = await listen();
    await runtime.put(spec({ apiKeys: [{ id: "other", hash: sha256("gk_other"), expiresAt: null }] }));
    await reader.ended();
    expect((await listen()).status).toBe(401);
  });

  test("when its key expires, before anything else is told", async () => {
    const expiresAt = new Date(Date.now() + 3000).toISOString();
    await runtime.put(spec({ apiKeys: [{ id: "key", hash: sha256(testKey), expiresAt }] }));
    const reader = await listen();
    await database.sql`insert into deals (no) values (1)`;
    expect((await reader.next()).data.id).toBe(1);
    await pause(Date.parse(expiresAt) - Date.now() + 10);
    await database.sql`insert into deals (no) values (2)`;
    await reader.ended();
    expect(await reader.take(1)).toEqual([]);
  });

  test("when the runtime stops, which waits for nobody", async () => {
    await runtime.put(spec());
    const reader = await listen();
    const began = performance.now();
    await runtime.restart();
    await reader.ended();
    // Far below the time that requests under way are given.
    expect(performance.now() - began).toBeLessThan(10_000);
    const again = await listen({ "last-event-id": reader.lastEventId });
    await database.sql`insert into deals (no) values (1)`;
    expect((await again.next()).data.id).toBe(1);
  });

  test("that is a WebSocket with a word that makes its client come back", async () => {
    await runtime.put(spec());
    const url = `ws://127.0.0.1:${runtime.runtime.port}/apps/one/graphql`;
    const socket = new WebSocket(url, "graphql-transport-ws", { headers: { "x-api-key": testKey } });
    const { promise: acknowledged, resolve } = Promise.withResolvers<void>();
    socket.on("open", () => socket.send('{"type":"connection_init"}')).on("message", () => resolve());
    const closed = new Promise<number>((settle) => socket.on("close", settle));
    await acknowledged;
    await runtime.put(spec({ release: 2 }));
    expect(await closed).toBe(1012);
  });
});

test("pages of other origins open no WebSocket where the app names its own", async () => {
  const strict = { ...model, app: { ...model.app, api: { cors: { origins: ["https://shop.example"] } } } };
  await runtime.put(aSpec(strict, { databaseUrl: database.url }));
  const open = (origin: string) => {
    const url = `ws://127.0.0.1:${runtime.runtime.port}/apps/one/graphql`;
    const socket = new WebSocket(url, "graphql-transport-ws", { origin });
    const { promise, resolve } = Promise.withResolvers<number>();
    socket.on("open", () => resolve(101));
    socket.on("unexpected-response", (_request, response) => resolve(response.resume().statusCode ?? 0));
    socket.on("error", () => {});
    return promise.finally(() => socket.terminate());
  };
  expect(await open("https://evil.example")).toBe(403);
  expect(await open("https://shop.example")).toBe(101);
});

test("readers over the limit are told to come again", async () => {
  await runtime[Symbol.asyncDispose]();
  runtime = await testRuntime({ limits: { streams: { all: 3, perEnvironment: 2 } } });
  await runtime.put(spec());
  const [first] = [await listen(), await listen()];
  const third = await listen();
  expect([third.status, Number(third.headers["retry-after"]) > 0]).toEqual([503, true]);
  first.close();
  await expect.poll(async () => (await listen()).status, { timeout: 10_000 }).toBe(200);
});

test("a reader outlives the database", async () => {
  const folder = await mkdtemp(join(tmpdir(), "feed-database-"));
  await chmod(folder, 0o711);
  const options: PostgresOptions = {
    folder: join(folder, "postgres"),
    port: await freePort(),
    password: "secret",
    durable: false,
    maxConnections: 40,
  };
  let server: PostgresServer = await startPostgres(options);
  try {
    await applyModelTo(server.url(), model);
    await runtime.put(spec({ databaseUrl: server.url() }));
    const reader = await listen();
    const change = async (no: number) => {
      const sql = postgres(server.url(), { max: 1 });
      await sql`insert into deals (no) values (${no})`;
      await sql.end();
    };
    await change(1);
    expect((await reader.next()).data.id).toBe(1);
    await server.stop();
    server = await startPostgres(options);
    for (const no of [2, 3]) await change(no);
    expect((await reader.take(2)).map(({ data }) => data.id)).toEqual([2, 3]);
    await change(4);
    expect((await reader.next()).data.id).toBe(4);
    for (const each of readers.splice(0)) each.close();
    await runtime[Symbol.asyncDispose]();
    runtime = await testRuntime();
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}, 90_000);
