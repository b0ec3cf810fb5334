import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { freePort } from "#scripts/freePort.ts";
import { type PostgresServer, startPostgres } from "#scripts/postgres/PostgresServer.ts";
import { makeQueue } from "#server/features/environments/queue.ts";
import { Random } from "#tests/support/Random.ts";
import { testSeed } from "#tests/support/testSeed.ts";

// Engines as processes of their own, on a PostgreSQL of their own: both are killed, and nothing that was to be done is lost.

const random = new Random(testSeed);
const program = fileURLToPath(new URL("testing/workerProcess.ts", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "gantry-engine-"));
// As the runtime does, so that each start takes a third of the time.
const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, "compiled") };
const workers = new Set<ChildProcess>();

let server: PostgresServer;
let sql: postgres.Sql;
const options = { folder: join(folder, "postgres"), port: await freePort(), password: "secret", maxConnections: 60 };
const start = () => startPostgres({ ...options, durable: false });

beforeAll(async () => {
  await chmod(folder, 0o711);
  server = await start();
  // A commit is one only when it outlives the server.
  const connection = { synchronous_commit: "on" };
  sql = postgres(server.url(), { max: 2, onnotice: () => {}, backoff: () => 0.05, connection });
  await sql`alter database postgres set synchronous_commit = on`;
  await makeQueue(server.url());
  await sql`create table notes (at timestamptz not null default clock_timestamp(), job int, what text, process int)`;
});
beforeEach(async () => {
  await insisting(() => sql`truncate notes, graphile_worker._private_jobs, graphile_worker._private_job_queues`);
});
afterEach(async () => {
  await Promise.all([...workers].map((worker) => end(worker, "SIGKILL")));
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function worker(): Promise<ChildProcess> {
  const child = fork(program, [server.url()], { stdio: ["ignore", "ignore", "ignore", "ipc"], env });
  workers.add(child);
  await once(child, "message");
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  workers.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

/** Adds jobs as another program would. */
const add = (ids: readonly number[], milliseconds: number | null, line: string | null = null) => sql`
  select from graphile_worker.add_jobs(array(
    select json_populate_recordset(null::graphile_worker.job_spec, ${sql.json(
      ids.map((id) => ({ identifier: "test", payload: { id, milliseconds }, queue_name: line })),
    )}::json)))`;
const noted = async (what: string) =>
  (await sql`select job, process from notes where what = ${what} order by at`).map(({ job, process }) => ({
    job: Number(job),
    process: Number(process),
  }));
const left = async () => Number((await sql`select count(*) as n from graphile_worker.jobs`)[0]?.n);
/** Whoever is cut off tries again; what is added twice then is done twice. */
async function insisting<Result>(work: () => PromiseLike<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch {
      await pause(20);
    }
  }
}
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition().catch(() => false))) await pause(10);
}
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

test("jobs of a runtime that is killed are taken up by another, and their line goes on", async () => {
  const first = await worker();
  await add([1], null, "one");
  await add([2], 0, "one");
  await until(async () => (await noted("begun")).length === 1);
  await sql`update graphile_worker._private_jobs set payload = '{"id":1,"milliseconds":0}' where payload->>'id' = '1'`;
  const second = await worker();
  await end(first, "SIGKILL");
  await until(async () => (await left()) === 0);
  expect(await noted("begun")).toEqual([
    { job: 1, process: first.pid },
    { job: 1, process: second.pid },
    { job: 2, process: second.pid },
  ]);
});

test("what a runtime that stops cannot end in time is left to others at once, and told so", async () => {
  const first = await worker();
  await add([1], null);
  await until(async () => (await noted("begun")).length === 1);
  await end(first, "SIGTERM");
  const [job] = await sql`select locked_by, attempts from graphile_worker.jobs`;
  expect(job).toMatchObject({ locked_by: null, attempts: 1 });
  await sql`delete from graphile_worker._private_jobs`;
});

test("several runtimes share what there is to do, and do none of it twice", async () => {
  const pair = [await worker(), await worker()];
  await add(numbers(200), 20);
  await until(async () => (await left()) === 0);
  const done = await noted("ended");
  expect(done.map(({ job }) => job).sort((a, b) => a - b)).toEqual(numbers(200));
  expect(new Set(done.map(({ process }) => process))).toEqual(new Set(pair.map(({ pid }) => pid)));
});

test(`whatever is killed, and when: all is done, and nothing else (seed ${testSeed})`, async () => {
  const count = 240;
  const kills = 8;
  let alive = [await worker(), await worker()];
  const killSession = async () => {
    const find = () => sql`select pid from pg_stat_activity where application_name = 'gantry-runtime' limit 1`;
    const [session] = await insisting(find);
    if (session) process.kill(session.pid, "SIGKILL");
  };
  for (let kill = 0; kill < kills; kill++) {
    const some = numbers(count).filter((id) => id % kills === kill);
    const [milliseconds, line] = [random.below(4), random.pick([null, "one", "two"])];
    await insisting(() => add(some, milliseconds, line));
    await pause(random.below(120));
    switch (random.below(5)) {
      case 0:
        // A session alone: its runtime lives on.
        await insisting(
          () => sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gantry-runtime'
            order by random() limit 1`,
        );
        break;
      case 1:
        // One session by SIGKILL: PostgreSQL begins anew as a whole.
        await killSession();
        break;
      default: {
        const [victim, ...others] = alive;
        if (!victim) break;
        await end(victim, "SIGKILL");
        alive = [...others, await worker()];
      }
    }
  }
  await until(async () => {
    // Attempts that failed with their session would be made again after some seconds.
    await sql`update graphile_worker._private_jobs set run_at = now() where run_at > now()`;
    return (await left()) === 0;
  });
  const done = new Set((await noted("ended")).map(({ job }) => job));
  expect([...done].sort((a, b) => a - b)).toEqual(numbers(count));
});

test("a PostgreSQL that is away for a while is waited for", async () => {
  await worker();
  await add([1], 0);
  await until(async () => (await left()) === 0);
  await server.stop();
  await pause(100);
  server = await start();
  await insisting(() => add([2], 0));
  await until(async () => (await left()) === 0);
  expect((await noted("ended")).map(({ job }) => job)).toEqual([1, 2]);
});
