import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { modelToSchema } from "#lib/compile/schema/modelToSchema.ts";
import { planSchema } from "#lib/compile/schema/planSchema.ts";
import { guardTransactions } from "#lib/sql/guardTransactions.ts";
import { Random } from "#tests/support/Random.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { startTestServer, type TestServer } from "#tests/support/testServer.ts";
import { eventModel } from "./testing/eventModel.ts";

/** Of runtimes by SIGKILL, of single sessions, and of a session by SIGKILL, by which PostgreSQL starts anew as a whole. */
const kills = { runtime: 30, session: 162, server: 10 };
const runtimes = 3;
const writers = 4;
const deals = 6;

const random = new Random(testSeed);

/** Whoever was cut off comes back soon. */
const settings = { max: 1, onnotice: () => {}, backoff: () => 0.05, fetch_types: false };

let server: TestServer;
let folder: string;
let file: string;
let url: string;
/** For what the test does itself; it finds its way back by itself. */
let admin: postgres.Sql;
beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), "gantry-kill-"));
  file = join(folder, "taken");
  await writeFile(file, "");
  const first = postgres(server.url, { max: 1, onnotice: () => {}, fetch_types: false });
  await first`create database killed template template0 encoding utf8 locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'`;
  // A commit is one only when it outlives the server.
  await first`alter database killed set synchronous_commit = on`;
  await first.end();
  url = Object.assign(new URL(server.url), { pathname: "/killed" }).href;
  admin = postgres(url, { ...settings, connection: { application_name: "admin" } });
  for (const { sql } of planSchema({ tables: [] }, modelToSchema(eventModel())).steps) await admin.unsafe(sql);
  await admin`insert into deals (no, amount, name) select n, 0, 'new ' || n from generate_series(1, ${deals}) n`;
  await admin`insert into people (name) select 'made new ' || n || ' ' || n || ' 0.00' from generate_series(1, ${deals}) n`;
});
afterAll(async () => {
  isOver = true;
  for (const child of running) child.kill("SIGKILL");
  await admin.end({ timeout: 1 });
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

let isOver = false;
let undone = 0;
const running = new Set<ChildProcess>();
/** Of those, the ones that have begun to dispatch. */
const isReady = new WeakSet<ChildProcess>();

/** Changes deals at random, several in a transaction; what is committed is noted with it in `people`. */
async function write(number: number): Promise<void> {
  const own = new Random(testSeed + number);
  const sql = guardTransactions(postgres(url, { ...settings, connection: { application_name: "writer" } }));
  for (let turn = 0; !isOver; turn++) {
    // Sorted, so that no two wait for each other.
    const chosen = Array.from({ length: 1 + own.below(3) }, () => 1 + own.below(deals)).toSorted((a, b) => a - b);
    const isUndone = own.chance(25);
    await sql
      .begin(async (own) => {
        await own`select pg_current_xact_id()`;
        for (const [at, no] of chosen.entries()) {
          const token = `${number}.${turn}.${at}`;
          await own`with changed as (
              update deals set amount = amount + 1, name = ${token} where no = ${no} returning amount)
            insert into people (name) select 'made ' || ${`${token} ${no} `} || amount from changed`;
          // So that transactions which began before others end after them.
          if (random.chance(25)) await sleep(random.chance(30) ? 150 : random.below(10));
        }
        if (isUndone) throw new Error("undone");
      })
      .catch(async (error: unknown) => {
        if (error instanceof Error && error.message === "undone") undone += 1;
        // Killed: whether it was committed is in `people`.
        else await sleep(20);
      });
    await sleep(own.below(12));
  }
  await sql.end({ timeout: 1 });
}

function launch(): { readonly child: ChildProcess; readonly ready: Promise<unknown> } {
  const program = fileURLToPath(new URL("./testing/dispatcherProcess.ts", import.meta.url));
  const child = spawn(process.execPath, [program, url, file], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, "cache") },
  });
  return { child, ready: once(child.stdout, "data") };
}

interface Sessions {
  readonly runtime: readonly number[];
  readonly writer: readonly number[];
}

/** Of the database's sessions, by whose they are. */
async function sessions(): Promise<Sessions> {
  const rows = await admin`select pid::int, application_name as name from pg_stat_activity
    where datname = current_database() and application_name in ('gantry-runtime', 'writer')`;
  const of = (name: string) => rows.filter((row) => row.name === name).map(({ pid }): number => pid);
  return { runtime: of("gantry-runtime"), writer: of("writer") };
}

test("whatever is killed, each committed change is told, none that was undone is, and those of a record in their order", async () => {
  console.log(`Kills at random, seed ${testSeed}.`);
  const done = { runtime: 0, session: 0, server: 0 };
  const keepRunning = async () => {
    while (!isOver) {
      const { child, ready } = launch();
      const gone = once(child, "exit");
      running.add(child);
      await Promise.race([ready, gone]);
      isReady.add(child);
      if (isOver) child.kill("SIGKILL");
      await gone;
      running.delete(child);
    }
  };
  const killSession = async (signal: "end" | "crash") => {
    const { runtime, writer } = await sessions();
    const pids = random.chance(75) && runtime.length > 0 ? runtime : writer;
    if (pids.length === 0) return false;
    const pid = random.pick(pids);
    if (signal === "crash") process.kill(pid, "SIGKILL");
    else await admin`select pg_terminate_backend(${pid})`;
    return true;
  };
  const work = [
    ...Array.from({ length: writers }, (_, number) => write(number + 1)),
    ...Array.from({ length: runtimes }, keepRunning),
  ];
  while (Object.keys(kills).some((kind) => done[kind as keyof typeof kills] < kills[kind as keyof typeof kills])) {
    await sleep(random.below(40));
    const left = (Object.keys(kills) as (keyof typeof kills)[]).flatMap((kind) =>
      Array.from({ length: kills[kind] - done[kind] }, () => kind),
    );
    const kind = random.pick(left);
    // What cannot be killed at the moment is killed later.
    const isKilled = await (kind === "runtime" ? killOne() : killSession(kind === "server" ? "crash" : "end")).catch(
      () => false,
    );
    if (isKilled) done[kind] += 1;
  }
  isOver = true;
  for (const child of running) child.kill("SIGKILL");
  await Promise.all(work);

  // One that nobody kills tells what is left.
  const { child, ready } = launch();
  await ready;
  await expect.poll(() => left(), { timeout: 20_000, interval: 50 }).toBe(0);
  child.kill("SIGKILL");
  await once(child, "exit");

  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  const told = lines.map((line) => JSON.parse(line) as [id: string, key: string, amount: string, title: string]);
  const made = await admin<{ name: string }[]>`select substr(name, 6) as name from people where name like 'made %'`;
  const committed = new Set(made.map(({ name }) => name));
  const firsts = new Map<string, (typeof told)[number]>();
  const ids = new Map<string, string>();
  for (const line of told) {
    const [id, key, amount, title] = line;
    const change = `${title} ${key} ${amount}`;
    expect(ids.get(change) ?? id).toBe(id);
    ids.set(change, id);
    if (!firsts.has(id)) firsts.set(id, line);
  }
  expect(new Set(ids.keys())).toEqual(committed);
  for (const [key, of] of Map.groupBy(firsts.values(), (line) => line[1])) {
    const versions = of.map(([, , amount]) => Number(amount));
    expect([key, versions]).toEqual([key, versions.map((_, at) => at)]);
  }
  const inside = await admin<{ name: string }[]>`select substr(name, 7) as name from people where name like 'taken %'`;
  expect(inside.map(({ name }) => name).toSorted()).toEqual([...firsts.keys()].toSorted());
  expect(undone).toBeGreaterThan(0);
  expect(done.runtime + done.session + done.server).toBeGreaterThanOrEqual(200);
  console.log(
    `${committed.size} changes, ${told.length - firsts.size} told again, ${undone} undone; killed: ${JSON.stringify(done)}.`,
  );
}, 120_000);

async function killOne(): Promise<boolean> {
  const alive = [...running].filter(
    (child) => isReady.has(child) && child.exitCode === null && child.signalCode === null,
  );
  return alive.length > 0 && random.pick(alive).kill("SIGKILL");
}

/** Changes that the consumers have not taken yet. */
async function left(): Promise<number> {
  const [row] = await admin`select count(*)::int as count from gantry_changes change
    where (txid, id) > (select txid, id from gantry_feed where name like 'consumer:%' order by txid, id limit 1)`;
  return row?.count ?? -1;
}
