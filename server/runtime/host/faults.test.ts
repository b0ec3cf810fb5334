import { once } from "node:events";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import type { RuntimeConfig } from "../config.ts";
import { defaultHostLimits } from "./hostLimits.ts";
import { aSpec, type TestRuntime, testKey, testRuntime } from "./testing/testRuntime.ts";

// Callers that do what none should, over real sockets.

let database: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(salesModel);
});
beforeEach(async () => {
  await database.sql`truncate companies cascade`;
  await database.sql`insert into companies (name) values ('Acme')`;
});
afterAll(() => database[Symbol.asyncDispose]());

async function serving(limits: RuntimeConfig["limits"] = {}): Promise<TestRuntime> {
  const runtime = await testRuntime({ limits });
  await runtime.put(aSpec(salesModel, { databaseUrl: database.url }));
  return runtime;
}

/** Callers that are slow are given up after a moment. */
const impatient = { transfers: { ...defaultHostLimits.transfers, seconds: 0.2 } };

async function dial(runtime: TestRuntime): Promise<Socket> {
  const socket = connect(runtime.runtime.port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

const head = (method: string, path: string, headers: readonly string[] = []) =>
  [`${method} /apps/one${path} HTTP/1.1`, "Host: localhost", `X-API-Key: ${testKey}`, ...headers, "", ""].join("\r\n");

/** All that a server says until it hangs up, however it does. */
async function lastWords(socket: Socket): Promise<string> {
  let said = "";
  socket.setEncoding("latin1").on("data", (more: string) => {
    said += more;
  });
  if (!socket.closed) await once(socket, "close").catch(() => {});
  return said;
}

async function expectServed(runtime: TestRuntime): Promise<void> {
  expect((await runtime.get("one", "/rest/v1/companies")).status).toBe(200);
}

async function gauge(runtime: TestRuntime, name: string): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${runtime.runtime.port}/metrics`)).text();
  return Number(new RegExp(`^${name} (.*)$`, "m").exec(metrics)?.[1]);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition()));
}

describe("a caller that", () => {
  test("sends the head of its request byte by byte is hung up on", async () => {
    await using runtime = await serving({ headSeconds: 0.2 });
    const socket = await dial(runtime);
    socket.write("GET /apps/one/rest/v1/companies HTTP/1.1\r\nHost: loc");
    expect(await lastWords(socket)).toContain("408");
    await expectServed(runtime);
  });

  test("stops in the middle of its body is told, and hung up on", async () => {
    await using runtime = await serving(impatient);
    const socket = await dial(runtime);
    const headers = ["Content-Type: application/json", "Content-Length: 1000"];
    socket.write(`${head("POST", "/rest/v1/companies", headers)}{"name":`);
    const said = await lastWords(socket);
    expect([said.slice(0, 12), said]).toEqual(["HTTP/1.1 400", expect.stringContaining("came too slowly")]);
    await expectServed(runtime);
  });

  test("goes away in the middle of its body leaves nothing behind", async () => {
    await using runtime = await serving();
    const socket = await dial(runtime);
    socket.write(`${head("POST", "/rest/v1/companies", ["Content-Type: application/json", "Content-Length: 1000"])}{`);
    await until(async () => (await gauge(runtime, "gantry_requests_under_way")) === 1);
    socket.resetAndDestroy();
    await until(async () => (await gauge(runtime, "gantry_requests_under_way")) === 0);
    await until(async () => (await gauge(runtime, "gantry_transfers_slow")) === 0);
    await expectServed(runtime);
  });

  test("never takes its answer is hung up on, and the answer is let go", async () => {
    await using runtime = await serving(impatient);
    await database.sql`insert into companies (name) select repeat('x', 100) || n from generate_series(1, 1000) as n`;
    const socket = await dial(runtime);
    socket.pause();
    const closed = once(socket, "close");
    // More than the machine's own buffers hold.
    for (let times = 0; times < 90; times++) socket.write(head("GET", "/rest/v1/companies?page[size]=1000"));
    await until(async () => (await gauge(runtime, "gantry_transfers_ended")) > 0);
    await until(async () => (await gauge(runtime, "gantry_requests_under_way")) === 0);
    socket.destroy();
    await closed;
    await expectServed(runtime);
  });

  test("is one of several that take nothing is given up first where its answer has waited longest", async () => {
    await using runtime = await serving({ transfers: { slowest: 0, seconds: 60, held: 1_500_000 } });
    await database.sql`insert into companies (name) select repeat('x', 900) || n from generate_series(1, 1000) as n`;
    const sockets = [await dial(runtime), await dial(runtime)];
    for (const socket of sockets) {
      socket.on("error", () => {}).pause();
      socket.write(head("GET", "/rest/v1/companies?page[size]=1000").repeat(30));
    }
    await until(async () => (await gauge(runtime, "gantry_transfers_ended")) === 1);
    await until(async () => (await gauge(runtime, "gantry_requests_under_way")) === 1);
    for (const socket of sockets) socket.destroy();
    await until(async () => (await gauge(runtime, "gantry_requests_under_way")) === 0);
    await expectServed(runtime);
  });

  test("reads slowly, but reads, gets all of a large answer", async () => {
    await using runtime = await serving({ transfers: { slowest: 1, seconds: 5, held: 256 << 20 } });
    await database.sql`insert into companies (name) select repeat('x', 900) || n from generate_series(1, 1000) as n`;
    const socket = await dial(runtime);
    socket.write(head("GET", "/rest/v1/companies?page[size]=1000", ["Connection: close"]));
    let taken = 0;
    for await (const chunk of socket) {
      taken += chunk.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(taken).toBeGreaterThan(900_000);
  });

  test("sends many requests down one connection before it reads gets their answers in order", async () => {
    await using runtime = await serving();
    const socket = await dial(runtime);
    const paths = Array.from({ length: 50 }, (_, at) => `/rest/v1/companies?filter[name][eq]=${at}`);
    socket.write(paths.map((path) => head("GET", path)).join("") + head("GET", "/nowhere", ["Connection: close"]));
    const statuses = [...(await lastWords(socket)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    expect(statuses).toEqual([...paths.map(() => "200"), "404"]);
  });
});

test("a connection down which requests are sent without end is closed", async () => {
  await using runtime = await serving();
  const socket = await dial(runtime);
  socket.on("error", () => {});
  socket.write(head("GET", "/rest/v1/companies").repeat(500));
  expect([...(await lastWords(socket)).matchAll(/HTTP\/1\.1 200/g)].length).toBeLessThan(500);
  await until(async () => (await gauge(runtime, "gantry_requests_under_way")) === 0);
  await expectServed(runtime);
});

describe("a body that is too large", () => {
  const length = (bytes: number) => ["Content-Type: application/json", `Content-Length: ${bytes}`];

  test("is refused by its length, before any of it is sent", async () => {
    await using runtime = await serving();
    const socket = await dial(runtime);
    socket.write(head("POST", "/rest/v1/companies", [...length(5 << 30), "Expect: 100-continue"]));
    expect((await lastWords(socket)).slice(0, 12)).toBe("HTTP/1.1 413");
  });

  test("that fits is asked for where its caller waits for a word", async () => {
    await using runtime = await serving();
    const body = JSON.stringify({ name: "Waited" });
    const headers = { "x-api-key": testKey, "content-type": "application/json", expect: "100-continue" };
    const sent = request(`${runtime.url()}/rest/v1/companies`, { method: "POST", headers });
    sent.flushHeaders();
    await once(sent, "continue");
    sent.end(body);
    const [response] = await once(sent, "response");
    expect([response.statusCode, JSON.parse(await text(response)).name]).toEqual([201, "Waited"]);
  });

  test.each([
    ["with a length", (body: Buffer) => length(body.length)],
    ["in chunks", () => ["Content-Type: application/json", "Transfer-Encoding: chunked"]],
  ])("is refused while it comes, and its sender is told: %s", async (_, headers) => {
    await using runtime = await serving();
    const socket = await dial(runtime);
    const piece = Buffer.alloc(1 << 20, 0x20);
    const isChunked = headers(piece).includes("Transfer-Encoding: chunked");
    const words = lastWords(socket);
    socket.write(head("POST", "/rest/v1/companies", headers(Buffer.alloc(4 << 20))));
    for (let times = 0; times < 4; times++) {
      socket.write(
        isChunked
          ? Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")])
          : piece,
      );
    }
    if (isChunked) socket.write("0\r\n\r\n");
    const said = await words;
    expect([said.slice(0, 12), said.includes("payload_too_large")]).toEqual(["HTTP/1.1 413", true]);
    await expectServed(runtime);
  });
});

describe("too many", () => {
  test("requests at once are refused with a word, and the others answered", async () => {
    await using runtime = await serving({ requests: { all: 100, perEnvironment: 3 } });
    await using other = await modelDatabase(salesModel);
    await runtime.put(aSpec(salesModel, { databaseUrl: other.url, id: "two", label: "two" }));
    const held = await database.sql.reserve();
    await held`begin`;
    await held`lock table companies in access exclusive mode`;
    const waiting = Array.from({ length: 3 }, () => runtime.get("one", "/rest/v1/companies"));
    await until(async () => (await gauge(runtime, "gantry_requests_under_way")) === 3);
    const refused = await runtime.get("one", "/rest/v1/companies");
    expect([refused.status, refused.headers.get("retry-after"), (await refused.json()).code]).toEqual([
      503,
      "1",
      "unavailable",
    ]);
    // Its neighbour is served.
    expect((await runtime.get("two", "/rest/v1/companies")).status).toBe(200);
    await held`commit`;
    held.release();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200]);
    await expectServed(runtime);
    await runtime.admin("DELETE", "/environments/two");
  });

  test("connections are closed at once; those that are there go on", async () => {
    await using runtime = await serving({ connections: 5 });
    const kept = [];
    for (let times = 0; times < 5; times++) kept.push(await dial(runtime));
    const surplus = await dial(runtime);
    expect(await lastWords(surplus)).toBe("");
    const [first] = kept;
    first?.write(head("GET", "/rest/v1/companies", ["Connection: close"]));
    expect(first && (await lastWords(first))).toContain("200 OK");
    for (const socket of kept) socket.destroy();
    await until(async () =>
      fetch(`${runtime.url()}/docs`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    await expectServed(runtime);
  });
});

test("a statement that runs for ever is broken off, and hinders nobody meanwhile", async () => {
  await using runtime = await serving();
  const held = await database.sql.reserve();
  await held`begin`;
  await held`lock table companies in access exclusive mode`;
  const stuck = runtime.get("one", "/rest/v1/companies");
  for (;;) {
    const [row] = await held`select count(*)::int as waiting from pg_locks where not granted`;
    if (row?.waiting > 0) break;
  }
  // As the limit of time does.
  await database.sql`select pg_cancel_backend(pid) from pg_locks where not granted`;
  const broken = await stuck;
  expect([broken.status, (await broken.json()).code]).toEqual([504, "timed_out"]);
  expect((await runtime.get("one", "/rest/v1/tags")).status).toBe(200);
  await held`commit`;
  held.release();
  await expectServed(runtime);
});

describe("when it is told to stop", () => {
  test("it says so, answers what is under way, and takes nothing new", async () => {
    await using runtime = await serving({ drainSeconds: 0.3 });
    const { port } = runtime.runtime;
    const held = await database.sql.reserve();
    await held`begin`;
    await held`lock table companies in access exclusive mode`;
    const waiting = runtime.get("one", "/rest/v1/companies");
    await until(async () => (await gauge(runtime, "gantry_requests_under_way")) === 1);
    const stopped = runtime.runtime.stop();
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([503, "stopping\n"]);
    expect((await runtime.get("one", "/docs")).status).toBe(200);
    await until(async () =>
      fetch(`http://127.0.0.1:${port}/livez`).then(
        () => false,
        () => true,
      ),
    );
    await held`commit`;
    held.release();
    expect((await waiting).status).toBe(200);
    await stopped;
  });
});
