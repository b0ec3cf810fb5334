import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { Model } from "#lib/model/types.ts";
import { applyModelTo } from "#server/features/environments/applyModelTo.ts";
import { startBenchServer } from "../benchServer.ts";
import { residentMemory } from "../cpuTime.ts";
import { median } from "../median.ts";
import { readApp } from "../readApp.ts";
import { takeSample } from "../requests/takeSample.ts";
import { benchKey, environmentOf, type RuntimeProcess, startRuntime } from "../runtimeProcess.ts";
import { table } from "../table.ts";

const environments = Number(process.env.BENCH_ENVIRONMENTS ?? 1000);
const databases = 10;
const woken = 100;

/**
 * Many environments on one runtime, each of the CRM template with a difference of its own, so that no two share what is
 * made of a model: what they take asleep, how long a first request takes, and whether a busy one minds the others.
 */
export async function benchDensity(): Promise<void> {
  await using server = await startBenchServer();
  const model = await readApp(new URL("../../../templates/crm", import.meta.url).pathname);
  const urls = await crmDatabases(server.url, model);
  await using runtime = await startRuntime({ GANTRY_RUNTIME_SLEEP_SECONDS: "4" });
  const { key, spec } = benchKey();
  const deploy = async (number: number) => {
    const databaseUrl = urls[number % urls.length] ?? server.url;
    await runtime.deploy(
      environmentOf({ label: `crm-${number}`, model: changed(model, number), databaseUrl, key: spec }),
    );
  };
  const busy = async () => {
    const target = { pid: runtime.pid, base: runtime.app("crm-0"), headers: { authorization: `Bearer ${key}` } };
    const calls = [{ method: "GET", path: "/rest/v1/companies?include=contacts" }] as const;
    await takeSample(target, calls, { seconds: 2, postgres: server.pid });
    const samples = [];
    for (let round = 0; round < 3; round++)
      samples.push(await takeSample(target, calls, { seconds: 3, postgres: server.pid }));
    return { rate: median(samples.map(({ perSecond }) => perSecond)), cpu: median(samples.map(({ cpu }) => cpu)) };
  };

  await deploy(0);
  const alone = await busy();
  await allAsleep(runtime);
  const before = await restingMemory(runtime);
  for (let number = 1; number < environments; number += 4) {
    await Promise.all([0, 1, 2, 3].filter((more) => number + more < environments).map((more) => deploy(number + more)));
  }
  const deployed = residentMemory(runtime.pid);
  await allAsleep(runtime);
  const asleep = await restingMemory(runtime);
  const first: number[] = [];
  const second: number[] = [];
  for (let turn = 0; turn < woken; turn++) {
    const app = runtime.app(`crm-${1 + ((turn * 37) % (environments - 1))}`);
    first.push(await timeToAnswer(app, key));
    second.push(await timeToAnswer(app, key));
  }
  const awake = residentMemory(runtime.pid);
  const among = await busy();

  const rows = [
    ["", ""],
    ["MiB with one, asleep", before.toFixed(0)],
    [`MiB with ${environments}, just deployed`, deployed.toFixed(0)],
    [`MiB with ${environments}, all asleep`, asleep.toFixed(0)],
    ["KiB for each", (((asleep - before) * 1024) / (environments - 1)).toFixed(0)],
    [`MiB with ${woken} of them woken`, awake.toFixed(0)],
    ["ms of a first request, median", median(first).toFixed(0)],
    ["ms of a first request, longest", Math.max(...first).toFixed(0)],
    ["ms of a second request, median", median(second).toFixed(1)],
    ["busy one alone, requests/s", alone.rate.toFixed(0)],
    ["busy one among all, requests/s", among.rate.toFixed(0)],
    ["its CPU per request, among all / alone", (among.cpu / alone.cpu).toFixed(2)],
  ];
  console.log(`\n${environments} different environments on one runtime\n\n${table(rows)}`);
}

/** Another app by its name alone already has another hash; a field more makes other statements of it too. */
function changed(model: Model, number: number): Model {
  const [first, ...others] = model.resources;
  if (!first) return model;
  const describe = `The ${first.plural} of customer ${number}.`;
  return {
    ...model,
    app: { ...model.app, name: `${model.app.name} ${number}` },
    resources: [{ ...first, describe }, ...others],
  };
}

async function crmDatabases(server: string, model: Model): Promise<readonly string[]> {
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  await admin`create database crm template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'`;
  await applyModelTo(addressOf(server, "crm"), model);
  const names = Array.from({ length: databases }, (_, number) => `crm_${number}`);
  for (const name of names) await admin.unsafe(`create database ${name} template crm`);
  await admin.end();
  return names.map((name) => addressOf(server, name));
}

function addressOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function timeToAnswer(app: string, key: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(`${app}/rest/v1/companies?include=contacts`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return performance.now() - began;
}

async function allAsleep(runtime: RuntimeProcess): Promise<void> {
  const metrics = new URL("/metrics", runtime.app("crm-0"));
  for (;;) {
    const text = await (await fetch(metrics)).text();
    if (/^gantry_environments_awake 0$/m.test(text)) return;
    await pause(200);
  }
}

/** Resident MiB once the process has rested. */
async function restingMemory(runtime: RuntimeProcess): Promise<number> {
  await pause(32_000);
  return residentMemory(runtime.pid);
}
