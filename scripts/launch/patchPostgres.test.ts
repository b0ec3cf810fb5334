import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { testDatabase } from "#tests/support/postgres.ts";

/** One connection, and another session that cuts it whenever `meanwhile` is under way. */
async function cutDuring(
  meanwhile: (sql: postgres.Sql) => Promise<unknown>,
  afterwards: (sql: postgres.Sql) => Promise<void>,
) {
  await using database = await testDatabase();
  const sql = postgres(database.url, { max: 1, fetch_types: false, backoff: () => 0.01 });
  const admin = postgres(database.adminUrl, { max: 1 });
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const pid = row?.pid ?? 0;
  const failed = expect(meanwhile(sql)).rejects.toThrow();
  while ((await admin`select from pg_stat_activity where pid = ${pid} and wait_event = 'PgSleep'`).length === 0);
  await admin`select pg_terminate_backend(${pid})`;
  await failed;
  await afterwards(sql);
  await Promise.all([sql.end({ timeout: 1 }), admin.end()]);
}

describe("after a connection was cut, the next one knows nothing of it", () => {
  test("rows that came before the end are in no other answer, and its error is told once", () =>
    cutDuring(
      (sql) => sql`select i, case when i = 3000 then pg_sleep(60) end from generate_series(1, 3000) i`,
      async (sql) => {
        expect([...(await sql`select 1 as one`)]).toEqual([{ one: 1 }]);
      },
    ));

  test("a query that was to be prepared is answered when it comes again", () =>
    cutDuring(
      (sql) =>
        Promise.all([sql`select pg_sleep(60)`, ...Array.from({ length: 50 }, (_, at) => sql`select ${at}::int as at`)]),
      async (sql) => {
        const answers = await Promise.allSettled(Array.from({ length: 50 }, (_, at) => sql`select ${at}::int as at`));
        expect(answers.map((answer) => answer.status === "fulfilled" && answer.value[0]?.at)).toEqual(
          Array.from({ length: 50 }, (_, at) => at),
        );
      },
    ));

  test("queries asked between the error and the end of a connection are refused, and never mixed up", async () => {
    await using database = await testDatabase();
    const sql = postgres(database.url, { max: 2, fetch_types: false, backoff: () => 0.01 });
    const admin = postgres(database.adminUrl, { max: 1 });
    const owner = new URL(database.url).username;
    let isOver = false;
    let answered = 0;
    const wrong: unknown[] = [];
    const askers = Array.from({ length: 20 }, async (_, asker) => {
      for (let at = 0; !isOver; at += 1) {
        const asked = `${asker} ${at}`;
        const rows = await sql`select ${asked}::text as got`.catch(() => null);
        if (rows && rows[0]?.got !== asked) wrong.push([asked, rows[0]]);
        if (rows) answered += 1;
      }
    });
    for (let cut = 0; cut < 40; cut += 1) {
      const before = answered;
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${owner}`;
      // Whoever goes on waiting for an answer that never comes would let the test run into its limit.
      while (answered < before + 20) await new Promise((resolve) => setImmediate(resolve));
    }
    isOver = true;
    await Promise.all(askers);
    expect(wrong).toEqual([]);
    await Promise.all([sql.end({ timeout: 1 }), admin.end()]);
  });
});
