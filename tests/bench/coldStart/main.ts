import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "#scripts/freePort.ts";
import { root } from "#scripts/root.ts";
import { startBenchServer } from "../benchServer.ts";
import { cpuTimes, residentMemory } from "../cpuTime.ts";
import { median } from "../median.ts";
import { readApp } from "../readApp.ts";
import { benchDatabase, benchDeals } from "../requests/benchDatabase.ts";
import { benchKey, environmentOf } from "../runtimeProcess.ts";
import { startRival } from "../startRival.ts";
import { table } from "../table.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);

interface Start {
  /** ms from the start of the process to the first right answer. */
  readonly wall: number;
  /** ms of CPU until then. */
  readonly cpu: number;
  /** Resident MiB then, and when it has idled for a while. */
  readonly memory: number;
  readonly idle: number;
}

/** From the start of the process to its first right answer, with one environment, turn by turn with PostGraphile. */
export async function benchColdStart(): Promise<void> {
  await using server = await startBenchServer();
  const model = await readApp(new URL("../app", import.meta.url).pathname);
  const databaseUrl = await benchDatabase(server.url, model);
  const [deal] = await benchDeals(databaseUrl);
  if (!deal) throw new Error("The bench has no deals.");
  const { key, spec } = benchKey();
  const state = await mkdtemp(join(tmpdir(), "gantry-cold-"));
  const port = await freePort();
  const adminPort = await freePort();
  const secret = randomBytes(32).toString("hex");
  const start = () =>
    spawn(process.execPath, [join(root, "server/runtime/main.mjs")], {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "production",
        GANTRY_RUNTIME_PORT: String(port),
        GANTRY_RUNTIME_ADMIN_PORT: String(adminPort),
        GANTRY_RUNTIME_ADMIN_SECRET: secret,
        GANTRY_RUNTIME_STATE: state,
      },
    });
  const headers = { authorization: `Bearer ${key}` };
  const question = `http://127.0.0.1:${port}/apps/cold/rest/v1/deals/${deal.id}`;

  // The first start of all compiles what the later ones find.
  const first = start();
  await answer(`http://127.0.0.1:${port}/readyz`, {}, "ready");
  const response = await fetch(`http://127.0.0.1:${adminPort}/environments/cold`, {
    method: "PUT",
    headers: { authorization: `Bearer ${secret}` },
    body: JSON.stringify({ ...environmentOf({ label: "cold", model, databaseUrl, key: spec }), id: "cold" }),
  });
  if (!response.ok) throw new Error(await response.text());
  await answer(question, headers, deal.id);
  await end(first);

  const ours: Start[] = [];
  const theirs: Start[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    const child = start();
    await answer(question, headers, deal.id);
    ours.push(await taken(child.pid ?? 0, began, round === 0));
    await end(child);
    const rivalBegan = performance.now();
    using rival = await startRival("postgraphile", databaseUrl);
    const body = JSON.stringify({
      query: `{ allDeals(first: 1, condition: { rowId: "${deal.id}" }) { nodes { rowId } } }`,
    });
    const answered = await fetch(`${rival.base}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const text = await answered.text();
    if (!text.includes(deal.id)) throw new Error(`PostGraphile answers ${text}`);
    theirs.push(await taken(rival.pid, rivalBegan, round === 0));
  }
  await rm(state, { recursive: true, force: true });
  const row = (name: string, starts: readonly Start[]) => [
    name,
    median(starts.map(({ wall }) => wall)).toFixed(0),
    median(starts.map(({ cpu }) => cpu)).toFixed(0),
    median(starts.map(({ memory }) => memory)).toFixed(0),
    (starts[0]?.idle ?? 0).toFixed(0),
  ];
  const rows = [
    ["", "ms to the first answer", "ms CPU", "MiB then", "MiB idle"],
    row("gantry", ours),
    row("postgraphile", theirs),
  ];
  console.log(`\nCold start, ${rounds} rounds, medians\n\n${table(rows)}`);
}

async function taken(pid: number, began: number, alsoIdle: boolean): Promise<Start> {
  const wall = performance.now() - began;
  const cpu = cpuTimes(pid).get(pid) ?? 0;
  const memory = residentMemory(pid);
  if (alsoIdle) await pause(25_000);
  return { wall, cpu, memory, idle: residentMemory(pid) };
}

/** Asks until an answer has the text that it should have. */
async function answer(url: string, headers: Record<string, string>, expected: string): Promise<void> {
  for (let tries = 0; tries < 20_000; tries++) {
    const text = await new Promise<string>((resolve) => {
      get(url, { headers, agent: false }, (response) => {
        let all = "";
        response.setEncoding("utf8").on("data", (more: string) => {
          all += more;
        });
        response.on("end", () => resolve(all));
      }).on("error", () => resolve(""));
    });
    if (text.includes(expected)) return;
    await pause(2);
  }
  throw new Error(`${url} does not answer.`);
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
