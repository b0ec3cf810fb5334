import { expect, test } from "vitest";
import { testDatabase } from "#tests/support/postgres.ts";
import { Database } from "../Database.ts";

const call = (text: string, ...parameters: string[]) => ({ text, parameters, prepare: false });
const texts = (rows: readonly (readonly (Buffer | null)[])[]) => rows.map((row) => row.map((cell) => String(cell)));

test("Rows come in the numbers that are asked for, of a statement with parameters", async () => {
  await using place = await testDatabase();
  const database = new Database(place.url);
  const rows = await database.long.read(async (session) => {
    await session.open(call("select n::text, 'x'::text from generate_series(1, $1::int) n", "5"));
    return [await session.fetch(3), await session.fetch(3)];
  });
  expect(rows.map(texts)).toEqual([
    [
      ["1", "x"],
      ["2", "x"],
      ["3", "x"],
    ],
    [
      ["4", "x"],
      ["5", "x"],
    ],
  ]);
  await database.close();
});

test("What is attempted and fails is undone alone, however often, also within another attempt", async () => {
  await using place = await testDatabase();
  const database = new Database(place.url);
  await database.write(call("create table numbers (n int primary key)"));
  const insert = (n: number) => call("insert into numbers values ($1::int)", String(n));
  const depth = await database.long.run(async (session) => {
    await session.answer(insert(1));
    for (let round = 0; round < 20; round++) {
      await expect(
        session.attempt(async () => {
          await session.answer(insert(100 + round));
          await session.answer(insert(1));
        }),
      ).rejects.toThrow(/duplicate/);
    }
    await session.attempt(async () => {
      await session.answer(insert(2));
      await expect(session.attempt(() => session.answer(insert(2)))).rejects.toThrow(/duplicate/);
      await session.answer(insert(3));
    });
    // Savepoints that are still there could be gone back to.
    return session.attempt(() => session.answer(call("rollback to s20"))).catch(String);
  });
  expect(depth).toMatch(/savepoint "s20" does not exist/);
  const kept = await database.read(call("select string_agg(n::text, ',' order by n) from numbers"));
  expect(String(kept?.[0])).toBe("1,2,3");
  await database.close();
});

test("A few transactions go on at once; whoever comes then is refused and hinders nobody", async () => {
  await using place = await testDatabase();
  const database = new Database(place.url);
  const { promise: open, resolve: end } = Promise.withResolvers<void>();
  const begun = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const running = begun.map(({ resolve }) =>
    database.long.run(async (session) => {
      await session.answer(call("select 1"));
      resolve();
      await open;
    }),
  );
  await Promise.all(begun.map(({ promise }) => promise));
  await expect(database.long.run(async () => {})).rejects.toMatchObject({ code: "unavailable" });
  expect(String((await database.read(call("select 'answers'")))?.[0])).toBe("answers");
  end();
  await Promise.all(running);
  await database.long.run(async () => {});
  await database.close();
});

test("A statement that is broken off ends, and so does its transaction; the next one is not touched", async () => {
  await using place = await testDatabase();
  const database = new Database(place.url);
  const broken = database.long.read(async (session) => {
    await session.open(call("select pg_sleep(30)::text, $1::text", "x"));
    const rows = session.fetch(1);
    setTimeout(() => session.cancel(), 50);
    return rows;
  });
  await expect(broken).rejects.toMatchObject({ code: "57014" });
  expect(database.long.running).toBe(0);
  const rows = await database.long.read(async (session) => {
    await session.open(call("select $1::text", "x"));
    return session.fetch(1);
  });
  expect(texts(rows)).toEqual([["x"]]);
  await database.close();
});
