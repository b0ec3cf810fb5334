import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { timeOrderedUuid } from "#lib/plan/write/timeOrderedUuid.ts";
import { type LocalServer, localServer } from "../egress/testing/localServer.ts";
import { mailServer } from "../mail/testing/mailServer.ts";
import type { AdvancePlan } from "./testing/advanceProcess.ts";
import { everyStepModel } from "./testing/everyStep.ts";
import { ProcessBench } from "./testing/ProcessBench.ts";
import { wakeWaits } from "./wakeWaits.ts";

const program = new URL("./testing/advanceProcess.ts", import.meta.url).pathname;

let bench: ProcessBench;
let server: LocalServer;
let mails: Awaited<ReturnType<typeof mailServer>>;
let folder: string;
beforeAll(async () => {
  server = await localServer((seen, response) => {
    response.setHeader("content-type", "application/json");
    const content = JSON.stringify({ text: "good" });
    const answer = seen.url === "/ask" ? { answer: "yes" } : { choices: [{ message: { content } }] };
    response.end(JSON.stringify(answer));
  });
  mails = await mailServer();
  folder = await mkdtemp(join(tmpdir(), "gantry-killed-"));
  const model = everyStepModel(server.url);
  await writeFile(join(folder, "model.json"), JSON.stringify(model));
  bench = await ProcessBench.of(model);
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await mails[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** A runtime that goes on with what is due, until it is killed or nothing is. */
async function advance(kill: AdvancePlan["kill"]): Promise<"killed" | "done"> {
  const mail = { url: mails.url, from: "shop@example.com" };
  const plan: AdvancePlan = { url: bench.url, model: join(folder, "model.json"), mail, kill };
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ADVANCE_PLAN: JSON.stringify(plan), NODE_COMPILE_CACHE: join(folder, "cache") },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code, signal] = await once(child, "exit");
  if (signal === "SIGKILL") return "killed";
  expect(code).toBe(0);
  return "done";
}

/** What is kept of all runs. */
async function state(): Promise<string> {
  const steps = await bench.sql`SELECT run, scope, name, status, state, result FROM gantry_steps ORDER BY 1, 2, 3`;
  return JSON.stringify([steps, await bench.sql`SELECT id, status FROM gantry_runs ORDER BY 1`]);
}

/** Tells a run that waits for it of a change that comes once it waits. */
async function tellChange(): Promise<void> {
  const { environment, sql } = bench;
  const waiting = await sql`SELECT 1 FROM gantry_waits WHERE matched IS NULL`;
  if (waiting.length === 0) return;
  await environment.database.own(async (own) => {
    const [row] = await sql`SELECT pg_current_xact_id()::text AS id`;
    const record = { id: 1, title: "now" };
    const event = { id: timeOrderedUuid(), position: { txid: 1n, id: 1n }, madeBy: BigInt(row?.id), key: "1" } as const;
    const change = {
      kind: "updated",
      resource: "Order",
      type: "order.updated",
      action: "update",
      actor: null,
    } as const;
    const at = new Date().toISOString();
    await wakeWaits(own, environment, {
      ...event,
      ...change,
      at,
      record,
      previous: record,
      changed: ["title"],
      cause: null,
    });
  });
}

/** Kills each runtime at a transaction later than the one before, where that got no further, until the run has ended. */
async function killedThrough(id: string, when: "before" | "after"): Promise<number> {
  let kills = 0;
  let before = await state();
  const first = when === "after" ? 1 : 2;
  for (let at = first; ; ) {
    const end = await advance({ when, at });
    // Whoever was killed holds on to nothing for longer than its lease.
    await bench.sql`UPDATE gantry_runs SET held_until = NULL`;
    await tellChange();
    const after = await state();
    at = after === before ? at + 1 : first;
    before = after;
    if (end === "killed") kills += 1;
    const { status } = await bench.row(id);
    if (end === "done" && status !== "waiting" && status !== "compensating") return kills;
    expect(kills).toBeLessThan(200);
  }
}

beforeEach(async () => {
  await bench.sql`TRUNCATE entries, orders, gantry_runs, gantry_steps, gantry_waits, gantry_changes RESTART IDENTITY`;
  server.seen.length = 0;
});

const keysAt = (path: string) =>
  server.seen.filter(({ url }) => url === path).map(({ headers }) => headers["idempotency-key"]);

describe("Whoever is killed after each transaction", { timeout: 120_000 }, () => {
  test("does each step of a run with all kinds of them, and changes records once", async () => {
    const id = await bench.start("everyStep", { server: server.url });
    expect(await killedThrough(id, "after")).toBeGreaterThan(20);
    expect(await bench.row(id)).toMatchObject({ status: "succeeded", output: { text: "last good" } });
    const lines = ["line first", "line first/yes", "round 1", "round 2"];
    const all = ["first", "first/yes", ...lines, "left", "inner 42", "last good"];
    expect((await bench.entries()).toSorted()).toEqual(all.toSorted());
    const told = await bench.sql`SELECT after FROM gantry_changes WHERE kind = 'emitted'`;
    expect(told.map(({ after }) => after)).toEqual([{ text: "good" }]);
    expect(new Set(keysAt("/ask"))).toEqual(new Set([`${id}:asked`]));
  });

  test("undoes once what a run did", async () => {
    const id = await bench.start("undone");
    expect(await killedThrough(id, "after")).toBeGreaterThan(5);
    expect(await bench.row(id)).toMatchObject({ status: "failed", error: { message: "End", step: "end" } });
    expect(await bench.entries()).toEqual(["one", "two 1", "two 2", "seen", "undo two 2", "undo two 1", "undo one"]);
  });
});

test("Whoever is killed before each transaction calls others again by the same key", { timeout: 120_000 }, async () => {
  const id = await bench.start("outward", { server: server.url });
  mails.mails.length = 0;
  expect(await killedThrough(id, "before")).toBeGreaterThan(4);
  expect(await bench.row(id)).toMatchObject({ status: "succeeded" });
  expect(await bench.entries()).toEqual(["before", "after"]);
  expect(keysAt("/ask").length).toBeGreaterThan(1);
  expect(new Set(keysAt("/ask"))).toEqual(new Set([`${id}:asked`]));
  expect(mails.mails.length).toBeGreaterThan(1);
  expect(new Set(mails.mails.map(({ messageId }) => messageId)).size).toBe(1);
});
