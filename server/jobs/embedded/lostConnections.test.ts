import { setTimeout as pause } from "node:timers/promises";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { expect, test } from "vitest";
import { freePort } from "#scripts/freePort.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import { Random } from "#tests/support/Random.ts";
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

test("the driver outlives the cutting of all its connections: every run ends, each step runs once", async () => {
  const seed = Date.now() % 2 ** 32;
  console.info(`seed ${seed}`);
  const random = new Random(seed);
  const steps = ["one", "two", "three", "four"] as const;
  const runs = Array.from({ length: 8 }, (_, at) => `run ${at}`);
  await using s = await stage();
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
  await using driver = await startDriverProcess({
    databaseUrl: s.url,
    port,
    webUrl: new URL(application.url).origin,
  });

  let cuts = 0;
  const cutting = (async () => {
    for (; cuts < 25 && journal.count("end") < runs.length; cuts += 1) {
      await pause(20 + random.below(120));
      await s.cut();
    }
  })();
  // As a sender that insists: what was taken although nobody could say so is known again by its id.
  const send = async (run: string): Promise<void> =>
    client.send({ id: run, name: "work", data: { run } }).then(
      () => {},
      () => send(run),
    );
  for (const run of runs) await send(run);
  await journal.until("end", runs.length);
  await cutting;

  expect(cuts).toBeGreaterThan(5);
  expect(driver.process.exitCode).toBeNull();
  for (const run of runs)
    for (const name of steps) expect([run, name, journal.count(`${run} ${name}`)]).toEqual([run, name, 1]);
  expect(journal.count("end")).toBe(runs.length);
  await until(async () => (await s.sql`select from job_runs where state <> 'completed'`).length === 0);
  expect(await s.sql`select from job_runs`).toHaveLength(runs.length);

  // It listens again: an event that another driver took is noticed.
  await until(
    async () => (await s.sql`select from pg_stat_activity where query = 'listen "gantry_jobs"'`).length === 1,
  );
  await s.sql.begin(async (tx) => {
    const event = { id: "told", name: "work", data: { run: "told" }, ts: 0 };
    await tx`insert into job_events (id, name, event) values (${event.id}, ${event.name}, ${tx.json(event)}::json)`;
    await tx`select pg_notify('gantry_jobs', '')`;
  });
  await journal.until("end", runs.length + 1);
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
    const [first] = await holders();
    await s.sql`insert into job_events (id, name, event) values ('e', 'e', '{}')`;
    await s.sql`
      with run as (insert into job_runs (function_id, event_id, state, concurrency, slots)
        values ('f', 'e', 'running', '{}', '{}') returning id)
      insert into job_queue (run_id, step_id, leased_by) select id, 'step', ${`${one.id}/1`} from run`;
    await two.hold();
    expect([await one.freeLeasesOfTheDead(), await two.freeLeasesOfTheDead()]).toEqual([0, 0]);
    await s.cut();
    await until(async () => (await holders()).length === 2);
    expect((await holders()).map(({ pid }) => pid)).not.toContain(first?.pid);
    expect(await two.freeLeasesOfTheDead()).toBe(0);
    await one.release();
    await until(async () => (await holders()).length === 1);
    expect(await two.freeLeasesOfTheDead()).toBe(1);
    expect(await s.sql`select leased_by from job_queue`).toEqual([{ leased_by: null }]);
  } finally {
    await Promise.all([one.release(), two.release()]);
  }
});
