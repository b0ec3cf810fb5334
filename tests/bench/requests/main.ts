import { fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import postgres from "postgres";
import { freePort } from "#scripts/freePort.ts";
import { applyModelTo } from "#server/features/environments/applyModelTo.ts";
import { startBenchServer } from "../benchServer.ts";
import { median } from "../median.ts";
import { readApp } from "../readApp.ts";
import { benchKey, environmentOf, startRuntime } from "../runtimeProcess.ts";
import { table } from "../table.ts";
import { benchPolicies } from "./policies.ts";
import { type Sample, type Target, takeSample } from "./takeSample.ts";
import { works } from "./works.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);

/** The runtime beside a hand-written Fastify and postgres.js server: one PostgreSQL, one process each, turn by turn. */
export async function benchRequests(): Promise<void> {
  await using server = await startBenchServer();
  const url = await filledDatabase(server.url);
  const model = await readApp(new URL("../app", import.meta.url).pathname);
  await using runtime = await startRuntime();
  const { key, spec } = benchKey();
  await runtime.deploy(environmentOf({ label: "bench", model, databaseUrl: url, key: spec }));

  const port = await freePort();
  const rival = fork(new URL("./fastifyServer.mjs", import.meta.url), {
    env: { PATH: process.env.PATH, NODE_ENV: "production", DATABASE_URL: url, PORT: String(port) },
  });
  await once(rival, "message");

  const targets: readonly Target[] = [
    { name: "fastify", pid: rival.pid ?? 0, base: `http://127.0.0.1:${port}`, headers: {}, path: "rival" },
    {
      name: "gantry",
      pid: runtime.pid,
      base: runtime.app("bench"),
      headers: { authorization: `Bearer ${key}` },
      path: "gantry",
    },
  ];
  const rows = [
    ["", "gantry req/s", "fastify req/s", "x req/s", "gantry CPU µs", "fastify CPU µs", "x per CPU s", "errors"],
  ];
  const deals = await dealsOf(url);
  for (const work of works(deals)) {
    const samples = new Map<string, Sample[]>(targets.map(({ name }) => [name, []]));
    for (const target of targets) await takeSample(target, work, { seconds: 3, postgres: server.pid });
    for (let round = 0; round < rounds; round++) {
      for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
        samples.get(target.name)?.push(await takeSample(target, work, { seconds: 5, postgres: server.pid }));
      }
    }
    rows.push(rowOf(work.name, samples.get("gantry") ?? [], samples.get("fastify") ?? []));
  }
  rival.disconnect();
  console.log(`\nRequests, ${rounds} rounds, medians; CPU is that of server and PostgreSQL together, per request\n`);
  console.log(table(rows));
  await benchPolicies({ server, databaseUrl: url, model, rounds });
}

function rowOf(name: string, ours: readonly Sample[], theirs: readonly Sample[]): string[] {
  const of = (samples: readonly Sample[], key: "perSecond" | "cpu") => median(samples.map((sample) => sample[key]));
  const errors = [...ours, ...theirs].reduce((sum, sample) => sum + sample.errors, 0);
  return [
    name,
    of(ours, "perSecond").toFixed(0),
    of(theirs, "perSecond").toFixed(0),
    (of(ours, "perSecond") / of(theirs, "perSecond")).toFixed(2),
    of(ours, "cpu").toFixed(0),
    of(theirs, "cpu").toFixed(0),
    (of(theirs, "cpu") / of(ours, "cpu")).toFixed(2),
    String(errors),
  ];
}

async function filledDatabase(adminUrl: string): Promise<string> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  await admin`create database bench template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'`;
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = "/bench";
  await applyModelTo(url.href, await readApp(new URL("../app", import.meta.url).pathname));
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  const script = await readFile(new URL("./rows.sql", import.meta.url), "utf8");
  for (const statement of script.split(/;\n/)) if (statement.trim() !== "") await sql.unsafe(statement);
  await sql.end();
  return url.href;
}

async function dealsOf(url: string) {
  const sql = postgres(url, { max: 1 });
  const deals = await sql<{ id: string; company: string; contact: string }[]>`
    select id, company_id as company, contact_id as contact from deals order by md5(title) limit 1000`;
  await sql.end();
  return [...deals];
}
