import postgres from "postgres";
import { expect, test } from "vitest";
import { testDatabase } from "#tests/support/postgres.ts";
import { sourceDatabase } from "../testing/sourceDatabase.ts";
import { carriageOf } from "./columnType.ts";

const columns = `words text[], letters varchar(3)[], small smallint[], many numeric[], at time, spent interval day to second,
  term interval, address inet, times timetz`;

test("lists, times and lengths of time are carried as such, what has no length as text", async () => {
  await using source = await sourceDatabase(`create table t (${columns});`);
  const catalog = await source.catalog();
  const found = (catalog.tables[0]?.columns ?? []).map(({ name, type }) => [name, carriageOf(type)] as const);
  expect(found.map(([name, carriage]) => [name, carriage?.type])).toEqual([
    ["words", { kind: "list", of: { kind: "text" } }],
    ["letters", { kind: "list", of: { kind: "text" } }],
    ["small", { kind: "list", of: { kind: "integer" } }],
    ["many", { kind: "list", of: { kind: "decimal" } }],
    ["at", { kind: "time" }],
    ["spent", { kind: "duration" }],
    ["term", { kind: "text" }],
    ["address", { kind: "text" }],
    ["times", { kind: "text" }],
  ]);

  await using database = await testDatabase();
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(`create table t (${columns})`);
    await sql.unsafe(`insert into t values
      ('{b,null,a}', '{abc}', '{1,2}', '{{1,2},{3,4}}', '09:30', '2 days 01:00:00.5', '1 month', '127.0.0.1', '09:30+00')`);
    const read = found.map(([name, carriage]) => `(${carriage?.read(name)})::text as "${name}"`).join(", ");
    expect(await sql.unsafe(`select ${read} from t`)).toEqual([
      {
        words: "{b,a}",
        letters: "{abc}",
        small: "{1,2}",
        many: "{1,2,3,4}",
        at: "09:30:00",
        spent: "49:00:00.5",
        term: "1 mon",
        address: "127.0.0.1/32",
        times: "09:30:00+00",
      },
    ]);
  } finally {
    await sql.end();
  }
});
