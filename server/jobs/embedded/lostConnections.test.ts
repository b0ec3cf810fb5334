import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { freePort } from "#scripts/freePort.ts";
import { startPostgres } from "#scripts/postgres/PostgresServer.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import { Random } from "#tests/support/Random.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { Journal } from "../contract/Journal.ts";
import { startTestApplication, testClient } from "../contract/TestApplication.ts";
import { startDriverProcess } from "../testing/startDriverProcess.ts";
import { DriverLock } from "./DriverLock.ts";

interface Stage extends AsyncDisposable {
  readonly url: string;
  /** As the superuser. */
  readonly sql: postgres.Sql;
  /** Ends every session of the database's owner. */
  cut(): Promise<void>;
}

async function stage(): Promise<Stage> {
  const database = await testDatabase();
  const owner = postgres(database.url, { max: 1, onnotice: () => {} });
  await migrate(drizzle(owner), { migrationsFolder: "db/migrations" });
  await owner.end();
  const sql = postgres(database.adminUrl, { max: 1 });
  return {
    url: database.url,
    sql,
    async cut() {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${new URL(database.url).username}`;
    },
    async [Symbol.asyncDispose]() {
      await sql.end();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** Asks until the answer is yes. */
async function until(ask: () => Promise<boolean>): Promise<void> {
  while (!(await ask())) await pause(10);
}

/** Sends events to a driver while its database is disturbed; each run must end, and each of its steps run once. */
async function expectOutlived(
  { url, sql }: Pick<Stage, "url" | "sql">,
  disturb: (isOver: () => boolean) => Promise<void>,
): Promise<void> {
  const steps = ["one", "two", "three", "four"] as const;
  const runs = Array.from({ length: 5 }, (_, at) => `run ${at}`);
  const port = await freePort();
  const journal = new Journal();
  const client = testClient(() => `http://127.0.0.1:${port}`);
  const work = client.createFunction({ id: "work", triggers: { event: "work" } }, async ({ event, step }) => {
    for (const name of steps) {
      await step.run(name, () => journal.add(`${event.data.run} ${name}`));
      if (name === "two") await step.sleep("nap", 5);
    }
    await step.run("end", () => journal.add("end"));
  });
  await using application = await startTestApplication(client, [work]);
  await using driver = await startDriverProcess({ databaseUrl: url, port, webUrl: new URL(application.url).origin });

  const disturbing = disturb(() => journal.count("end") === runs.length);
  // As a sender that insists: what was taken although nobody could say so is known again by its id.
  const send = async (run: string): Promise<void> =>
    client.send({ id: run, name: "work", data: { run } }).then(
      () => {},
      () => send(run),
    );
  for (const run of runs) await send(run);
  await journal.until("end", runs.length);
  await disturbing;

  expect(driver.process.exitCode).toBeNull();
  for (const run of runs) {
    for (const name of steps) expect([run, name, journal.count(`${run} ${name}`)]).toEqual([run, name, 1]);
  }
  expect(journal.count("end")).toBe(runs.length);
  await until(async () => (await sql`select from job_runs where state <> 'completed'`).length === 0);
  expect(await sql`select from job_runs`).toHaveLength(runs.length);

  // It listens again: an event that another driver took is noticed.
  const listening = () =>
    sql`select from pg_stat_activity where query = 'listen "gantry_jobs"' and datname = current_database()`;
  await until(async () => (await listening()).length === 1);
  await sql.begin(async (tx) => {
    const event = JSON.stringify({ id: "told", name: "work", data: { run: "told" }, ts: 0 });
    await tx`insert into job_events (id, name, event) values ('told', 'work', ${event}::text::json)`;
    await tx`select pg_notify('gantry_jobs', '')`;
  });
  await journal.until("end", runs.length + 1);
}

describe("the driver goes on, every run ends and each step runs once", () => {
  test("when all its connections are cut again and again", async () => {
    const seed = testSeed;
    console.info(`seed ${seed}`);
    const random = new Random(seed);
    await using s = await stage();
    let cuts = 0;
    await expectOutlived(s, async (isOver) => {
      for (; cuts < 15 && !isOver(); cuts += 1) {
        await pause(20 + random.below(120));
        await s.cut();
      }
    });
    expect(cuts).toBeGreaterThan(3);
  });

  test("when PostgreSQL is restarted", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lost-connections-"));
    await chmod(folder, 0o711);
    const port = await freePort();
    const options = { folder: join(folder, "postgres"), port, password: "secret", durable: false, maxConnections: 40 };
    let server = await startPostgres(options);
    const sql = postgres(server.url(), { max: 1, onnotice: () => {} });
    try {
      await migrate(drizzle(sql), { migrationsFolder: "db/migrations" });
      await expectOutlived({ url: server.url(), sql }, async () => {
        await until(async () => (await sql`select from job_steps`).length > 3);
        await server.stop();
        await pause(200);
        server = await startPostgres(options);
      });
    } finally {
      await sql.end({ timeout: 1 });
      await server.stop();
      await rm(folder, { recursive: true });
    }
  });
});

test("a driver's lock comes back with a new connection; only without it are its leases free for others", async () => {
  await using s = await stage();
  const [one, two] = [new DriverLock(s.url), new DriverLock(s.url)];
  const holders = () => s.sql<{ pid: number }[]>`
    select pid from pg_locks where locktype = 'advisory' and database = (
      select oid from pg_database where datname = current_database())`;
  try {
    await one.hold();
    await one.hold();
    expect(await holders()).toHaveLength(1);
    await s.sql`insert into job_events (id, name, event) values ('e', 'e', '{}')`;
    await s.sql`
      with run as (insert into job_runs (function_id, event_id, state, concurrency, slots)
        values ('f', 'e', 'running', '{}', '{}') returning id)
      insert into job_queue (run_id, step_id, leased_by) select id, 'step', ${`${one.id}/1`} from run`;
    await two.hold();
    expect([await one.freeLeasesOfTheDead(), await two.freeLeasesOfTheDead()]).toEqual([0, 0]);
    const before = (await holders()).map(({ pid }) => pid);
    await s.cut();
    await until(async () => {
      const now = (await holders()).map(({ pid }) => pid);
      return now.length === 2 && !now.some((pid) => before.includes(pid));
    });
    expect(await two.freeLeasesOfTheDead()).toBe(0);
    await one.release();
    await until(async () => (await holders()).length === 1);
    expect(await two.freeLeasesOfTheDead()).toBe(1);
    expect(await s.sql`select leased_by from job_queue`).toEqual([{ leased_by: null }]);
  } finally {
    await Promise.all([one.release(), two.release()]);
  }
});
