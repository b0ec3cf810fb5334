import type { Model, Policy } from "#lib/model/types.ts";
import { startBenchServer } from "../benchServer.ts";
import { median } from "../median.ts";
import { readApp } from "../readApp.ts";
import { benchKey, environmentOf, startRuntime } from "../runtimeProcess.ts";
import { startRival } from "../startRival.ts";
import { table } from "../table.ts";
import { benchDatabase, benchDeals } from "./benchDatabase.ts";
import { graphqlWorks } from "./graphqlWorks.ts";
import { benchPolicies } from "./policies.ts";
import { type Call, type Sample, type Target, takeSample } from "./takeSample.ts";
import { restWorks, type Work } from "./works.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const wanted = process.env.BENCH_WORKS;

type Name = "gantry" | "fastify" | "postgraphile";

/**
 * The runtime, its policies on and its key checked, beside a hand-written Fastify and postgres.js server and
 * PostGraphile: one PostgreSQL, one process each, turn by turn.
 */
export async function benchRequests(): Promise<void> {
  await using server = await startBenchServer();
  const model = await readApp(new URL("../app", import.meta.url).pathname);
  const url = await benchDatabase(server.url, model);
  await using runtime = await startRuntime();
  const { key, spec } = benchKey();
  const restricted = { ...spec, roles: ["sales"] };
  await runtime.deploy(
    environmentOf({ label: "bench", model: withPolicies(model), databaseUrl: url, key: restricted }),
  );
  using fastify = await startRival("fastify", url);
  using postgraphile = await startRival("postgraphile", url);
  const targets: Readonly<Record<Name, Target>> = {
    gantry: { pid: runtime.pid, base: runtime.app("bench"), headers: { authorization: `Bearer ${key}` } },
    fastify: { ...fastify, headers: {} },
    postgraphile: { ...postgraphile, headers: {} },
  };
  const deals = await benchDeals(url);
  const works = [...restWorks(deals), ...graphqlWorks(deals)].filter(({ name }) => !wanted || name.includes(wanted));
  const rows = [["", "", "req/s", "x", "CPU µs", "x per CPU s", "p99 ms", "x p99", "errors"]];
  for (const work of works) rows.push(...rowsOf(work.name, await samplesOf(work, targets, server.pid)));
  console.log(
    `\nRequests, medians of ${rounds} rounds of ${seconds} s over 32 connections; x is gantry's share of the other's.\nCPU is that of server and PostgreSQL together, per request.\n`,
  );
  console.log(table(rows));
  if (!wanted) await benchPolicies({ server, databaseUrl: url, model, rounds });
}

async function samplesOf(work: Work, targets: Readonly<Record<Name, Target>>, postgres: number) {
  const all: (readonly [Name, readonly Call[] | undefined])[] = [
    ["gantry", work.gantry],
    ["fastify", work.fastify],
    ["postgraphile", work.postgraphile],
  ];
  const asked = all.flatMap(([name, calls]) => (calls ? [{ name, calls }] : []));
  const samples = new Map<Name, Sample[]>(asked.map(({ name }) => [name, []]));
  for (const { name, calls } of asked) await takeSample(targets[name], calls, { seconds: 3, postgres });
  for (let round = 0; round < rounds; round++) {
    for (const { name, calls } of round % 2 === 0 ? asked : asked.toReversed()) {
      samples.get(name)?.push(await takeSample(targets[name], calls, { seconds, postgres }));
    }
  }
  return samples;
}

function rowsOf(work: string, samples: ReadonlyMap<Name, readonly Sample[]>): string[][] {
  const of = (name: Name, key: keyof Sample) => median((samples.get(name) ?? []).map((sample) => sample[key]));
  return [...samples.keys()].map((name) => [
    name === "gantry" ? work : "",
    name,
    of(name, "perSecond").toFixed(0),
    name === "gantry" ? "" : (of("gantry", "perSecond") / of(name, "perSecond")).toFixed(2),
    of(name, "cpu").toFixed(0),
    name === "gantry" ? "" : (of(name, "cpu") / of("gantry", "cpu")).toFixed(2),
    of(name, "p99").toFixed(0),
    name === "gantry" ? "" : (of("gantry", "p99") / of(name, "p99")).toFixed(2),
    String((samples.get(name) ?? []).reduce((sum, { errors }) => sum + errors, 0)),
  ]);
}

function withPolicies(model: Model): Model {
  const policies: readonly Policy[] = [{ effect: "allow", actions: ["*"], expression: "'sales' in actor.roles" }];
  return {
    ...model,
    app: { ...model.app, roles: [{ name: "sales" }] },
    resources: model.resources.map((resource) => ({ ...resource, policies })),
  };
}
