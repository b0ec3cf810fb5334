import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/support/postgres.ts";
import { Readers } from "./Readers.ts";

let database: TestDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 2 });
  await sql`create table held (id int)`;
});
afterAll(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

const call = (text: string) => ({ text, parameters: [], prepare: false });

test("nothing is put behind a statement that waits for a lock", async () => {
  const readers = new Readers(database.url, { most: 3, statementSeconds: 30, stuck: 0 });
  const holder = await sql.reserve();
  await holder`begin`;
  await holder`lock table held in access exclusive mode`;
  const waiting = readers.answer(call("select count(*)::text from held"), { least: null });
  for (;;) {
    const [row] = await holder`select count(*)::int as waiting from pg_locks where not granted`;
    if (row?.waiting > 0) break;
  }
  const answers = Array.from({ length: 10 }, () => readers.answer(call("select 'quick'"), { least: null }));
  expect((await Promise.all(answers)).map((row) => String(row?.[0]))).toEqual(answers.map(() => "quick"));
  await holder`commit`;
  holder.release();
  expect(String((await waiting)?.[0])).toBe("0");
  await readers.close();
});
