import { sql } from "drizzle-orm";
import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { testDatabase } from "#tests/support/postgres.ts";
import { type Database, openDatabase } from "./client.ts";

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** Without the guard of transactions the process that runs these tests would end. */
describe("a connection that is cut inside a transaction rejects it and leaves the pool usable", () => {
  const sleep = (transaction: Transaction) => transaction.execute(sql`select pg_sleep(60)`).execute();

  test.each<[string, (transaction: Transaction, kill: () => Promise<unknown>) => Promise<unknown>]>([
    ["while it waits for an answer", (one, kill) => Promise.all([sleep(one), kill()])],
    ["before its next statement", (one, kill) => kill().then(() => sleep(one))],
    ["within a savepoint", (one, kill) => one.transaction((two) => Promise.all([sleep(two), kill()]))],
    [
      "before the next statement of a savepoint",
      (one, kill) => one.transaction((two) => kill().then(() => sleep(two))),
    ],
    ["before it ends", (_, kill) => kill()],
  ])("%s", async (_, work) => {
    await using database = await testDatabase();
    const db = openDatabase(database.url, { max: 1 });
    const killer = postgres(database.adminUrl, { max: 1 });
    for (let round = 0; round < 5; round += 1) {
      const lost = db.transaction(async (transaction) => {
        const [row] = await transaction.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        const pid = row?.pid ?? 0;
        await work(transaction, async () => {
          await killer`select pg_terminate_backend(${pid})`;
          while ((await killer`select from pg_stat_activity where pid = ${pid}`).length > 0);
        });
      });
      await expect(lost).rejects.toThrow();
      // The first query may still be told of the end of the one before.
      await db.execute(sql`select 1`).catch(() => {});
      expect([...(await db.execute(sql`select 1 as one`))]).toEqual([{ one: 1 }]);
    }
    await db.$client.end();
    await killer.end();
  });

  test("an error of the work itself still rolls back", async () => {
    await using database = await testDatabase();
    const db = openDatabase(database.url, { max: 1 });
    await db.execute(sql`create table kept (id int)`);
    const failed = db.transaction(async (one) => {
      await one.execute(sql`insert into kept values (1)`);
      await one
        .transaction(async (two) => {
          await two.execute(sql`insert into kept values (2)`);
          throw new Error("inner");
        })
        .catch(() => {});
      await one.execute(sql`select 1/0`);
    });
    await expect(failed).rejects.toThrow("Failed query: select 1/0");
    await db.transaction(async (one) => {
      await one.execute(sql`insert into kept values (3)`);
    });
    expect([...(await db.execute(sql`select id from kept`))]).toEqual([{ id: 3 }]);
    await db.$client.end();
  });
});
