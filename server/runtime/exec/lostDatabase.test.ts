import { createHash } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { freePort } from "#scripts/freePort.ts";
import { type PostgresOptions, type PostgresServer, startPostgres } from "#scripts/postgres/PostgresServer.ts";
import { localDriver } from "#server/deploy/local/localDriver.ts";
import { adminSecret } from "#server/deploy/testing/startAdminServer.ts";
import { type RuntimeProcess, startRuntimeProcess } from "#server/deploy/testing/startRuntimeProcess.ts";
import { applyModelTo } from "#server/features/environments/applyModelTo.ts";
import { Random } from "#tests/support/Random.ts";
import { testSeed } from "#tests/support/testSeed.ts";

// The runtime as a process of its own, on a PostgreSQL of its own that may be restarted.

const key = "gk_test";
const label = "sales";
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

let folder: string;
let options: PostgresOptions;
let server: PostgresServer;
let runtime: RuntimeProcess;
let companyId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lost-database-"));
  await chmod(folder, 0o711);
  options = {
    folder: join(folder, "postgres"),
    port: await freePort(),
    password: "secret",
    durable: false,
    maxConnections: 40,
  };
  [server, runtime] = await Promise.all([startPostgres(options), startRuntimeProcess()]);
  await applyModelTo(server.url(), salesModel);
  const model = salesModel as unknown as JsonValue;
  const status = await localDriver({ adminUrl: runtime.url, secret: adminSecret, pauses: [] }).apply({
    id: label,
    label,
    revision: 1,
    release: 1,
    commit: "c".repeat(40),
    snapshot: { format: 1, hash: sha256(canonicalJson(model)), model: salesModel },
    databaseUrl: server.url(),
    apiKeys: [{ id: "test", hash: sha256(key), expiresAt: null }],
  });
  expect(status).toMatchObject({ state: "ready" });
  const company = await call("POST", "companies", { name: "Acme" });
  companyId = company.body.id;
});

afterAll(async () => {
  await runtime[Symbol.asyncDispose]();
  await server.stop();
  await rm(folder, { recursive: true });
});

interface Answered {
  readonly status: number;
  readonly retryAfter: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  readonly body: any;
}

/** Fails where nobody answers, as after a crash of the runtime. */
async function call(method: "GET" | "POST" | "PATCH", path: string, body?: object): Promise<Answered> {
  const response = await fetch(`${runtime.appUrl(label)}/rest/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: response.status, retryAfter: response.headers.get("retry-after"), body: await response.json() };
}

interface Load {
  /** By title of the deal that was to be made. */
  readonly creates: ReadonlyMap<string, Answered>;
  readonly reads: readonly Answered[];
}

/** Reads, and writes that take a transaction for the company that their answer includes, while the work goes on. */
async function loadDuring(name: string, work: () => Promise<void>): Promise<Load> {
  const creates = new Map<string, Answered>();
  const reads: Answered[] = [];
  let isOver = false;
  const clients = Array.from({ length: 8 }, async (_, client) => {
    for (let round = 0; !isOver; round += 1) {
      const title = `${name} ${client} ${round}`;
      const made = await call("POST", "deals?include=company", { title, companyId });
      creates.set(title, made);
      reads.push(await call("GET", `companies/${companyId}`), await call("GET", "deals?page[size]=5&include=company"));
    }
  });
  await work();
  isOver = true;
  await Promise.all(clients);
  return { creates, reads };
}

/** Served or refused for the moment, never anything else; and each write is there as often as its answer says. */
async function expectKept({ creates, reads }: Load): Promise<void> {
  const said = [...reads, ...creates.values()].map(({ status, retryAfter, body }) =>
    status === 503 ? `503 ${retryAfter}` : status < 300 ? "served" : `${status} ${JSON.stringify(body)}`,
  );
  expect([...new Set(said)].sort()).toEqual(["503 1", "served"]);
  const served = reads.filter(({ status }) => status === 200);
  expect(served.filter(({ body }) => "name" in body).every(({ body }) => body.id === companyId)).toBe(true);
  const sql = postgres(server.url(), { max: 1 });
  const rows = await sql<{ title: string; count: number }[]>`
    select title, count(*)::int as count from deals group by title`;
  await sql.end();
  const counts = new Map(rows.map(({ title, count }) => [title, count]));
  for (const [title, { status, body }] of creates) {
    const count = counts.get(title) ?? 0;
    if (status === 201) {
      expect([title, count]).toEqual([title, 1]);
      expect(body).toMatchObject({ title, company: { id: companyId, name: "Acme" } });
    } else expect([title, count]).toEqual([title, Math.min(count, 1)]);
  }
}

/** Whoever tries again is served; from then on everybody is. */
async function expectServed(): Promise<void> {
  while ((await call("GET", `companies/${companyId}`)).status === 503) await pause(20);
  const again = await Promise.all(Array.from({ length: 20 }, () => call("GET", `companies/${companyId}`)));
  expect(again.map(({ status, body }) => [status, body.name])).toEqual(again.map(() => [200, "Acme"]));
  const title = `afterwards ${Date.now()}`;
  expect(await call("POST", "deals?include=company", { title, companyId })).toMatchObject({ status: 201 });
}

describe("the runtime under load outlives", () => {
  test("the cutting of all its connections at random moments", async () => {
    const seed = testSeed;
    console.info(`seed ${seed}`);
    const random = new Random(seed);
    const sql = postgres(server.url(), { max: 1 });
    const load = await loadDuring("cut", async () => {
      for (let cut = 0; cut < 30; cut += 1) {
        await pause(20 + random.below(80));
        await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gantry-runtime'`;
      }
    });
    await sql.end();
    await expectKept(load);
    await expectServed();
  });

  test("a restart of PostgreSQL", async () => {
    const load = await loadDuring("restart", async () => {
      await pause(100);
      await server.stop();
      await pause(300);
      server = await startPostgres(options);
    });
    await expectKept(load);
    await expectServed();
  });
});
