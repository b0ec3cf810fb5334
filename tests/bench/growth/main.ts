import postgres from "postgres";
import { readModel } from "#lib/model/read/readModel.ts";
import type { BelongsTo, Model, Resource } from "#lib/model/types.ts";
import { applyModelTo } from "#server/features/environments/applyModelTo.ts";
import { type BenchServer, startBenchServer } from "../benchServer.ts";
import { residentMemory } from "../cpuTime.ts";
import { median } from "../median.ts";
import { largeApp } from "../model/largeApp.ts";
import { type Call, takeSample } from "../requests/takeSample.ts";
import { benchKey, environmentOf, startRuntime } from "../runtimeProcess.ts";
import { table } from "../table.ts";

const sizes = [10, 500];
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const rowsEach = 20;

interface Served {
  readonly size: number;
  readonly label: string;
  /** Gets of records of ten resources, and of all. */
  readonly ten: readonly Call[];
  readonly all: readonly Call[];
}

/** Whether an app with many resources answers as fast as one with few: gets by id, of ten of the resources and of all. */
export async function benchGrowth(): Promise<void> {
  await using server = await startBenchServer();
  await using runtime = await startRuntime();
  const { key, spec } = benchKey();
  const served: Served[] = [];
  for (const size of sizes) {
    const model = modelOf(size);
    const databaseUrl = await filled(server, model, `growth_${size}`);
    const label = `growth-${size}`;
    await runtime.deploy(environmentOf({ label, model, databaseUrl, key: spec }));
    served.push({ size, label, ...(await callsOf(databaseUrl, model)) });
  }
  const sample = async ({ label }: Served, calls: readonly Call[], seconds: number) => {
    const target = { pid: runtime.pid, base: runtime.app(label), headers: { authorization: `Bearer ${key}` } };
    return takeSample(target, calls, { seconds, postgres: server.pid });
  };
  const taken = new Map<string, number[]>();
  const note = (name: string, value: number) => taken.set(name, [...(taken.get(name) ?? []), value]);
  // PostgreSQL plans a prepared statement anew for its first uses on each connection.
  for (const one of served) {
    await sample(one, one.ten, 3);
    await sample(one, one.all, one.size > 10 ? 25 : 3);
  }
  for (let round = 0; round < rounds; round++) {
    for (const one of round % 2 === 0 ? served : served.toReversed()) {
      for (const [name, calls] of [
        ["ten", one.ten],
        ["all", one.all],
      ] as const) {
        const { perSecond, cpu, errors } = await sample(one, calls, 4);
        if (errors > 0) throw new Error(`${errors} requests failed.`);
        note(`${name} ${one.size} rate`, perSecond);
        note(`${name} ${one.size} cpu`, cpu);
      }
    }
  }
  const figure = (name: string) => median(taken.get(name) ?? []);
  const rows = [
    [
      "resources",
      "of ten: req/s",
      "CPU µs",
      "x CPU of the smallest",
      "of all: req/s",
      "CPU µs",
      "x CPU of the smallest",
    ],
  ];
  for (const { size } of served) {
    rows.push([
      String(size),
      ...["ten", "all"].flatMap((name) => [
        figure(`${name} ${size} rate`).toFixed(0),
        figure(`${name} ${size} cpu`).toFixed(0),
        (figure(`${name} ${size} cpu`) / figure(`${name} ${sizes[0]} cpu`)).toFixed(2),
      ]),
    ]);
  }
  console.log(
    `\nGets by id in apps of many resources, ${rounds} rounds, medians; the runtime then takes ${residentMemory(runtime.pid).toFixed(0)} MiB\n\n${table(rows)}`,
  );
}

function modelOf(resources: number): Model {
  const { model, problems } = readModel(largeApp(resources, 1));
  if (!model) throw new Error(problems.map(({ message }) => message).join("\n"));
  return model;
}

async function filled(server: BenchServer, model: Model, name: string): Promise<string> {
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  await admin.unsafe(
    `create database ${name} template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'`,
  );
  await admin.end();
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  await applyModelTo(url.href, model);
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  for (const resource of inOrder(model)) {
    const parent = parentOf(resource);
    const parentTable = parent && model.resources.find(({ name: target }) => target === parent.target)?.table;
    const column = parent ? `, "${parent.column}"` : "";
    const value = parentTable ? `, (select id from "${parentTable}" limit 1)` : "";
    const texts = resource.attributes.filter(({ type, required }) => required && type.kind === "text");
    const columns = texts.map(({ column: name }) => `"${name}"`).join(", ");
    const values = texts.map(() => "'n' || n").join(", ");
    await sql.unsafe(
      `insert into "${resource.table}" (${columns}${column}) select ${values}${value} from generate_series(1, ${rowsEach}) as n`,
    );
  }
  await sql.unsafe("analyze");
  await sql.end();
  return url.href;
}

/** Parents have lower numbers than their children. */
function inOrder(model: Model): readonly Resource[] {
  return model.resources.toSorted((one, other) => Number(one.name.slice(4)) - Number(other.name.slice(4)));
}

function parentOf({ relationships }: Resource): BelongsTo | null {
  return relationships.find((relationship) => relationship.kind === "belongsTo") ?? null;
}

async function callsOf(url: string, model: Model): Promise<Pick<Served, "ten" | "all">> {
  const sql = postgres(url, { max: 1 });
  const calls = async (resources: readonly Resource[]) => {
    const all: Call[] = [];
    for (const { table: name, plural } of resources) {
      const rows = await sql.unsafe(`select id::text as id from "${name}" limit ${Math.ceil(1000 / resources.length)}`);
      const path = plural.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      for (const { id } of rows) all.push({ method: "GET", path: `/rest/v1/${path}/${id}` });
    }
    return all.toSorted((one, other) => (one.path.slice(-12) < other.path.slice(-12) ? -1 : 1));
  };
  const [ten, all] = [await calls(inOrder(model).slice(0, 10)), await calls(model.resources)];
  await sql.end();
  return { ten, all };
}
