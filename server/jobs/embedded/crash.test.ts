import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { once } from "node:events";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { testDatabase } from "#tests/support/postgres.ts";
import { freePort } from "../../../scripts/freePort.ts";
import { Journal } from "../contract/Journal.ts";
import { startTestApplication, testClient } from "../contract/TestApplication.ts";
import { type Program, program, startDriverProcess } from "../testing/startDriverProcess.ts";

const steps = ["one", "two", "three"] as const;

interface Stage extends AsyncDisposable {
  readonly url: string;
  readonly sql: postgres.Sql;
}

/** A migrated database that says `stored <name>` on the channel `steps` whenever a step's result is committed. */
async function stage(): Promise<Stage> {
  const database = await testDatabase();
  const sql = postgres(database.url, { max: 3, onnotice: () => {} });
  await migrate(drizzle(sql), { migrationsFolder: "db/migrations" });
  await sql.unsafe(`
    create table journal (entry text);
    create function tell() returns trigger language plpgsql as $$ begin
      perform pg_notify('steps', coalesce(to_jsonb(new) ->> 'entry', 'stored ' || (to_jsonb(new) ->> 'name')));
      return new;
    end $$;
    create trigger tell after insert on job_steps for each row execute function tell();
    create trigger tell after insert on journal for each row execute function tell();`);
  return {
    url: database.url,
    sql,
    async [Symbol.asyncDispose]() {
      await sql.end();
      await database[Symbol.asyncDispose]();
    },
  };
}

describe("the job driver's death by SIGKILL", () => {
  for (const moment of ["in", "after"] as const) {
    for (const victim of steps) {
      test(`${moment} step ${victim}: the run goes on, and no finished step runs again`, async () => {
        await using s = await stage();
        const port = await freePort();
        const journal = new Journal();
        const stored = new Journal();
        await s.sql.listen("steps", (entry) => stored.add(entry));
        const client = testClient(() => `http://127.0.0.1:${port}`);
        const killed = Promise.withResolvers<void>();
        let first: Program | undefined;
        const work = client.createFunction({ id: "work", triggers: { event: "work" } }, async ({ step }) => {
          for (const name of steps) {
            await step.run(name, async () => {
              journal.add(name);
              if (moment === "in" && name === victim && journal.count(name) === 1) {
                await first?.kill();
                killed.resolve();
              }
            });
          }
          journal.add("end");
        });
        await using application = await startTestApplication(client, [work]);
        const settings = { databaseUrl: s.url, port, webUrl: new URL(application.url).origin };
        first = await startDriverProcess(settings);
        await client.send({ name: "work" });
        if (moment === "in") await killed.promise;
        else {
          await stored.until(`stored ${victim}`);
          await first.kill();
        }
        const atDeath = stored.entries.map((entry) => entry.replace("stored ", ""));
        await using second = await startDriverProcess(settings);
        await journal.until("end");
        expect(second.process.exitCode).toBeNull();
        for (const name of atDeath) expect([name, journal.count(name)]).toEqual([name, 1]);
        for (const name of steps) expect(journal.count(name)).toBeLessThanOrEqual(2);
        const kept = await s.sql`select name from job_steps order by position`;
        expect(kept.map(({ name }) => name)).toEqual(steps);
      });
    }
  }

  test("an event that was answered for is not lost, although the driver dies at once", async () => {
    await using s = await stage();
    const port = await freePort();
    const journal = new Journal();
    const client = testClient(() => `http://127.0.0.1:${port}`);
    const work = client.createFunction({ id: "work", triggers: { event: "work" } }, () => journal.add("ran"));
    // Nothing serves the functions yet, so the driver can do no more than take the event.
    const webPort = await freePort();
    const settings = { databaseUrl: s.url, port, webUrl: `http://127.0.0.1:${webPort}` };
    const first = await startDriverProcess(settings);
    await client.send({ name: "work" });
    await first.kill();
    await using _second = await startDriverProcess(settings);
    await using _application = await startTestApplication(client, [work], webPort);
    await journal.until("ran");
    expect(journal.entries).toEqual(["ran"]);
  });

  test("ends cleanly when its parent goes away or asks it to, and gives its leases back", async () => {
    for (const ask of [(child: ChildProcess) => child.disconnect(), (child: ChildProcess) => child.kill("SIGTERM")]) {
      await using s = await stage();
      const port = await freePort();
      const journal = new Journal();
      const client = testClient(() => `http://127.0.0.1:${port}`);
      const release = Promise.withResolvers<void>();
      const work = client.createFunction({ id: "work", triggers: { event: "work" } }, async ({ step }) => {
        await step.run("long", async () => {
          journal.add("long");
          await release.promise;
        });
      });
      await using application = await startTestApplication(client, [work]);
      const driver = await startDriverProcess({
        databaseUrl: s.url,
        port,
        webUrl: new URL(application.url).origin,
      });
      await client.send({ name: "work" });
      await journal.until("long");
      const gone = once(driver.process, "exit");
      ask(driver.process);
      expect(await gone).toEqual([0, null]);
      expect(await s.sql`select leased_by, losses from job_queue`).toEqual([{ leased_by: null, losses: 0 }]);
      release.resolve();
    }
  });
});

describe("the application's death by SIGKILL", () => {
  test.each(steps)("in step %s: the step runs once more, and no finished step does", async (victim) => {
    await using s = await stage();
    const [port, webPort] = [await freePort(), await freePort()];
    const journal = new Journal();
    await s.sql.listen("steps", (entry) => journal.add(entry));
    const start = async () => {
      const child = fork(new URL("../testing/crashApplication.ts", import.meta.url), [String(webPort), s.url, victim]);
      await once(child, "message");
      return program(child);
    };
    const first = await start();
    const dead = once(first.process, "exit");
    await using _driver = await startDriverProcess({
      databaseUrl: s.url,
      port,
      webUrl: `http://127.0.0.1:${webPort}`,
    });
    await testClient(() => `http://127.0.0.1:${port}`).send({ name: "work" });
    await dead;
    await using _second = await start();
    await journal.until("end");
    for (const name of steps) expect([name, journal.count(name)]).toEqual([name, name === victim ? 2 : 1]);
  });
});
