import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import postgres from "postgres";
import { applyModelTo } from "#server/features/environments/applyModelTo.ts";
import { startBenchServer } from "../benchServer.ts";
import { cpuSince, cpuTimes, residentMemory } from "../cpuTime.ts";
import { median } from "../median.ts";
import { readApp } from "../readApp.ts";
import { benchKey, environmentOf, startRuntime } from "../runtimeProcess.ts";
import { table } from "../table.ts";
import { parentKey, parents, writeDeals } from "./dealsFile.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const rows = Number(process.env.BENCH_ROWS ?? 200_000);
const many = Number(process.env.BENCH_MANY_ROWS ?? 1_000_000);

interface Taken {
  readonly seconds: number;
  /** Of the server that was asked and of PostgreSQL. */
  readonly cpu: number;
}

/** Tables in and out over HTTP beside PostgreSQL's own COPY of the same file, and what memory a million rows take. */
export async function benchCsv(): Promise<void> {
  await using server = await startBenchServer();
  const model = await readApp(new URL("../app", import.meta.url).pathname);
  const url = await emptyDatabase(server.url);
  await applyModelTo(url, model);
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(parentRows);
  const folder = await mkdtemp(join(tmpdir(), "gantry-bench-csv-"));
  await using runtime = await startRuntime();
  const { key, spec } = benchKey();
  await runtime.deploy(environmentOf({ label: "bench", model, databaseUrl: url, key: spec }));
  const app = { url: `${runtime.app("bench")}/rest/v1/deals`, authorization: `Bearer ${key}` };
  try {
    const file = join(folder, "deals.csv");
    await writeDeals(file, rows);
    const works = {
      copy: async () => {
        const into = await sql`copy deals (title, stage, amount, created_at, company_id, contact_id)
          from stdin (format csv, header true)`.writable();
        await pipeline(createReadStream(file), into);
      },
      csv: () => upload(app, file),
    };
    const taken: Record<keyof typeof works, Taken[]> = { copy: [], csv: [] };
    const timed = async (name: keyof typeof works) => {
      await sql`truncate deals cascade`;
      await sql`checkpoint`;
      const before = [cpuTimes(runtime.pid), cpuTimes(server.pid)] as const;
      const began = performance.now();
      await works[name]();
      const seconds = (performance.now() - began) / 1000;
      const cpu = cpuSince(before[0], cpuTimes(runtime.pid)) + cpuSince(before[1], cpuTimes(server.pid));
      const [made] = await sql<{ count: number }[]>`select count(*)::int from deals`;
      if (made?.count !== rows) throw new Error(`There are ${made?.count} rows of ${rows}.`);
      return { seconds, cpu: cpu / 1000 };
    };
    await timed("copy");
    await timed("csv");
    for (let round = 0; round < rounds; round++) {
      for (const name of round % 2 === 0 ? (["copy", "csv"] as const) : (["csv", "copy"] as const)) {
        taken[name].push(await timed(name));
      }
    }
    const of = (name: keyof typeof works, what: keyof Taken) => median(taken[name].map((one) => one[what]));
    const row = (name: keyof typeof works, title: string) => [
      title,
      of(name, "seconds").toFixed(2),
      (rows / of(name, "seconds")).toFixed(0),
      (of("copy", "seconds") / of(name, "seconds")).toFixed(2),
      of(name, "cpu").toFixed(2),
    ];
    const { size } = await stat(file);
    console.log(`\n${rows} deals from ${(size / 2 ** 20).toFixed(0)} MB of CSV, ${rounds} rounds, medians\n`);
    console.log(
      table([["", "seconds", "rows/s", "x COPY", "CPU s"], row("copy", "COPY"), row("csv", "POST text/csv")]),
    );

    await sql`truncate deals cascade`;
    await writeDeals(file, many);
    const idle = residentMemory(runtime.pid);
    const lines = [
      ["", "seconds", "rows/s", "most resident MB"],
      ["before", "", "", idle.toFixed(0)],
    ];
    for (const [title, work] of [
      ["in", () => upload(app, file)],
      ["out", () => download(app)],
    ] as const) {
      const { seconds, memory } = await watched(runtime.pid, work);
      lines.push([title, seconds.toFixed(1), (many / seconds).toFixed(0), memory.toFixed(0)]);
    }
    console.log(`\n${many} deals, memory of the runtime\n\n${table(lines)}`);
  } finally {
    await sql.end();
    await rm(folder, { recursive: true });
  }
}

interface App {
  readonly url: string;
  readonly authorization: string;
}

async function upload({ url, authorization }: App, file: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = { authorization, "content-type": "text/csv" };
  const sent = request(url, { method: "POST", headers }, resolve).on("error", reject);
  await pipeline(createReadStream(file), sent);
  const response = await promise;
  const text = (await response.setEncoding("utf8").toArray()).join("");
  if (response.statusCode !== 201) throw new Error(text);
}

async function download({ url, authorization }: App): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request(url, { headers: { authorization, accept: "text/csv" } }, resolve)
    .on("error", reject)
    .end();
  let lines = 0;
  for await (const piece of await promise) {
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines += 1;
  }
  if (lines !== many + 1) throw new Error(`${lines} lines came.`);
}

async function watched(pid: number, work: () => Promise<void>) {
  let memory = 0;
  const timer = setInterval(() => {
    memory = Math.max(memory, residentMemory(pid));
  }, 50);
  const began = performance.now();
  await work();
  clearInterval(timer);
  return { seconds: (performance.now() - began) / 1000, memory };
}

async function emptyDatabase(adminUrl: string): Promise<string> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  await admin`create database bench template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'`;
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = "/bench";
  return url.href;
}

const numbers = Array.from({ length: parents }, (_, number) => number);
const parentRows = `
  insert into companies (id, name, city) values
    ${numbers.map((n) => `('${parentKey("company", n)}', 'Company ${n}', 'City')`).join()};
  insert into contacts (id, company_id, first_name, last_name, email) values
    ${numbers.map((n) => `('${parentKey("contact", n)}', '${parentKey("company", n)}', 'First', 'Last ${n}', '')`).join()};`;
