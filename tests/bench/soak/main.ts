import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { freePort } from "#scripts/freePort.ts";
import { serverAccount } from "#scripts/postgres/Account.ts";
import { type PostgresServer, startPostgres } from "#scripts/postgres/PostgresServer.ts";
import { residentMemory } from "../cpuTime.ts";
import { readApp } from "../readApp.ts";
import { benchDatabase, benchDeals } from "../requests/benchDatabase.ts";
import type { Call } from "../requests/takeSample.ts";
import { restWorks } from "../requests/works.ts";
import { benchKey, environmentOf, startRuntime } from "../runtimeProcess.ts";
import { table } from "../table.ts";
import { badCallers } from "./badCallers.ts";
import { answerTo, type Caller, Load } from "./Load.ts";

const seconds = Number(process.env.BENCH_SECONDS ?? 600);
const callers = 32;
/** Many times what can be served at once. */
const flood = 320;

/**
 * The runtime under mixed load while everything goes wrong in turn: PostgreSQL is restarted and its sessions are cut,
 * callers hang, vanish and send rubbish, ten times as many come as can be served. A neighbour on another database asks
 * quietly all the while.
 */
export async function benchSoak(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "gantry-soak-"));
  if (serverAccount().uid !== undefined) await chmod(folder, 0o755);
  const options = {
    folder: join(folder, "postgres"),
    port: await freePort(),
    password: randomBytes(16).toString("hex"),
    durable: false,
    maxConnections: 60,
  };
  let server = await startPostgres(options);
  const model = await readApp(new URL("../app", import.meta.url).pathname);
  const url = await benchDatabase(server.url(), model);
  await copyDatabase(server, "bench", "neighbour");
  const deals = await benchDeals(url);
  await using runtime = await startRuntime();
  const { key, spec } = benchKey();
  await runtime.deploy(environmentOf({ label: "busy", model, databaseUrl: url, key: spec }));
  const databaseUrl = server.url("neighbour");
  await runtime.deploy(environmentOf({ label: "quiet", model, databaseUrl, key: spec }));
  const busy: Caller = { base: runtime.app("busy"), key };
  const quiet: Caller = { base: runtime.app("quiet"), key };

  const calls: readonly Call[] = restWorks(deals).flatMap(({ gantry }) => gantry.slice(0, 100));
  const reads = calls.filter(({ method }) => method === "GET");
  const rows: string[][] = [
    ["s", "fault", "req/s", "p99 ms", "neighbour p99 ms", "RSS MB", "heap MB", "sockets", "fds", "back after ms"],
  ];
  const before = await state(runtime.pid, busy);
  const load = new Load(busy, calls, callers);
  const neighbour = new Load(quiet, reads, 1);
  const faults: readonly (readonly [string, () => Promise<void>])[] = [
    ["none", () => pause(6000)],
    ["sessions cut", () => cutSessions(server)],
    [
      "PostgreSQL restarted",
      async () => {
        await server.stop();
        await pause(500);
        server = await startPostgres(options);
      },
    ],
    [
      "ten times the callers",
      async () => {
        const many = new Load(busy, reads, flood);
        await pause(6000);
        await many.end();
      },
    ],
    ...Object.entries(badCallers).map(([name, act]) => [name, () => act(busy)] as const),
  ];
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  for (let turn = 0; elapsed() < seconds; turn++) {
    const [name, act] = faults[turn % faults.length] ?? ["none", () => pause(1000)];
    const from = { at: performance.now(), answers: total(load) };
    load.takeTimes();
    neighbour.takeTimes();
    await act();
    const back = await timeToServe(busy);
    await pause(2000);
    const now = await state(runtime.pid, busy);
    const rate = ((total(load) - from.answers) * 1000) / (performance.now() - from.at);
    rows.push([
      elapsed().toFixed(0),
      name,
      rate.toFixed(0),
      percentile(load.takeTimes(), 0.99).toFixed(0),
      percentile(neighbour.takeTimes(), 0.99).toFixed(0),
      ...now,
      back.toFixed(0),
    ]);
    console.error(rows.at(-1)?.join("\t"));
  }
  await Promise.all([load.end(), neighbour.end()]);
  // What idles is put away within two sweeps.
  await pause(75_000);
  const after = await state(runtime.pid, busy);
  rows.push(["before", "", "", "", "", ...before, ""], ["after", "", "", "", "", ...after, ""]);
  console.log(`\n${seconds} s under load and faults\n\n${table(rows)}`);
  console.log(`\nAnswers: ${kindsOf(load)}; the neighbour's: ${kindsOf(neighbour)}`);
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

/** RSS and heap in MB, connections of callers, file descriptors. */
async function state(pid: number, { base }: Caller): Promise<string[]> {
  const metrics = await (await fetch(`${new URL(base).origin}/metrics`)).text();
  const gauge = (name: string) => Number(new RegExp(`^${name} (.*)$`, "m").exec(metrics)?.[1]);
  return [
    residentMemory(pid).toFixed(0),
    (gauge("gantry_heap_bytes") / 2 ** 20).toFixed(0),
    String(gauge("gantry_connections")),
    String(readdirSync(`/proc/${pid}/fd`).length),
  ];
}

/** ms until ten requests in a row are served. */
async function timeToServe(caller: Caller): Promise<number> {
  const began = performance.now();
  let first = 0;
  for (let served = 0; served < 10; ) {
    const at = performance.now() - began;
    const kind = await answerTo(caller, { method: "GET", path: "/rest/v1/deals?page[size]=1" });
    if (served === 0) first = at;
    served = kind === "2xx" ? served + 1 : 0;
  }
  return first;
}

async function cutSessions(server: PostgresServer): Promise<void> {
  const sql = postgres(server.url(), { max: 1 });
  for (let times = 0; times < 20; times++) {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gantry-runtime'`;
    await pause(200);
  }
  await sql.end();
}

async function copyDatabase(server: PostgresServer, from: string, to: string): Promise<void> {
  const sql = postgres(server.url(), { max: 1, onnotice: () => {} });
  await sql.unsafe(`create database ${to} template ${from}`);
  await sql.end();
}

function total({ kinds }: Load): number {
  return [...kinds.values()].reduce((sum, count) => sum + count, 0);
}

function kindsOf({ kinds }: Load): string {
  return [...kinds].map(([kind, count]) => `${kind} ${count}`).join(", ");
}

function percentile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? 0;
}
