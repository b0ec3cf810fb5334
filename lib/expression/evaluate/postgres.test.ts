import * as fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/support/postgres.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import {
  addDecimals,
  ceilingOfDecimal,
  divideDecimals,
  floorDecimal,
  multiplyDecimals,
  remainderOfDecimals,
  roundDecimal,
  subtractDecimals,
} from "../decimal/arithmetic.ts";
import type { Decimal } from "../decimal/Decimal.ts";
import { parseDecimal } from "../decimal/parseDecimal.ts";
import { printDecimal } from "../decimal/printDecimal.ts";
import { sampleTexts } from "../testing/literalTexts.ts";
import { addMonths, firstDay, lastDay } from "../time/calendar.ts";
import { parseDate, printDate } from "../time/dateText.ts";
import { compareTexts } from "./compareValues.ts";
import { lower, upper } from "./letterCase.ts";
import { timeOperators } from "./timeOperators.ts";

let database: TestDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
});

afterAll(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

const sample = <Made>(arbitrary: fc.Arbitrary<Made>, count: number): Made[] => {
  const seed = testSeed;
  console.info(`seed ${seed}`);
  return fc.sample(arbitrary, { numRuns: count, seed });
};

const decimals = fc
  .tuple(
    fc.oneof(
      fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }),
      fc.bigInt({ min: -(10n ** 45n), max: 10n ** 45n }),
      fc.constantFrom(0n, 1n, 10_000n, 99_999_999n),
    ),
    fc.oneof(fc.nat({ max: 6 }), fc.nat({ max: 60 })),
  )
  .map(([digits, scale]): Decimal => ({ digits, scale }));

const show = (value: Decimal | null): string | null => value && printDecimal(value);

test("decimals are worked out to the digit as PostgreSQL does", async () => {
  const pairs = sample(fc.tuple(decimals, decimals), 4000).map(([a, b]) => ({
    a: printDecimal(a),
    b: printDecimal(b),
  }));
  const rows = await sql<Record<string, string | null>[]>`
    select a::text, b::text, (a + b)::text as sum, (a - b)::text as difference, (a * b)::text as product,
      (a / nullif(b, 0))::text as quotient, (a % nullif(b, 0))::text as remainder,
      round(a)::text as rounded, round(a, 3)::text as rounded3, floor(a)::text as floor, ceil(a)::text as ceiling
    from jsonb_to_recordset(${sql.json(pairs)}) as pair(a numeric, b numeric)`;
  expect(rows).toHaveLength(4000);
  for (const row of rows) {
    const [a, b] = [parseDecimal(row.a ?? ""), parseDecimal(row.b ?? "")];
    if (!a || !b) throw new Error("no number");
    expect({ ...row }).toEqual({
      a: row.a,
      b: row.b,
      sum: show(addDecimals(a, b)),
      difference: show(subtractDecimals(a, b)),
      product: show(multiplyDecimals(a, b)),
      quotient: show(divideDecimals(a, b)),
      remainder: show(remainderOfDecimals(a, b)),
      rounded: show(roundDecimal(a, 0)),
      rounded3: show(roundDecimal(a, 3)),
      floor: show(floorDecimal(a)),
      ceiling: show(ceilingOfDecimal(a)),
    });
  }
});

test("averages have as many digits as PostgreSQL gives", async () => {
  for (const numbers of sample(fc.array(decimals, { minLength: 1, maxLength: 7 }), 200)) {
    const texts = numbers.map(printDecimal);
    const [row] = await sql<{ sum: string; avg: string }[]>`
      select sum(n)::text, avg(n)::text from unnest(${texts}::text[]::numeric[]) as n`;
    const sum = numbers.reduce(addDecimals);
    expect(row).toEqual({
      sum: show(sum),
      avg: show(divideDecimals(sum, { digits: BigInt(numbers.length), scale: 0 })),
    });
  }
});

test("every code point is cased as PostgreSQL does", async () => {
  const differences: string[] = [];
  for (let start = 1; start <= 0x10ffff; start += 0x8000) {
    const points = Array.from({ length: Math.min(0x8000, 0x110000 - start) }, (_, index) => start + index).filter(
      (point) => point < 0xd800 || point > 0xdfff,
    );
    const rows = await sql<{ point: number; low: string; up: string }[]>`
      select point, lower(chr(point)) as low, upper(chr(point)) as up from unnest(${points}::int[]) as point
      where lower(chr(point)) <> chr(point) or upper(chr(point)) <> chr(point)`;
    const mapped = new Map(rows.map((row) => [row.point, row]));
    for (const point of points) {
      const text = String.fromCodePoint(point);
      const [low, up] = [mapped.get(point)?.low ?? text, mapped.get(point)?.up ?? text];
      if (lower(text) !== low) differences.push(`lower U+${point.toString(16)} ${lower(text)} ${low}`);
      if (upper(text) !== up) differences.push(`upper U+${point.toString(16)} ${upper(text)} ${up}`);
    }
  }
  expect(differences).toEqual([]);
});

test("texts have the order of PostgreSQL", async () => {
  const texts = sample(sampleTexts, 300);
  const rows = await sql<{ t: string }[]>`select t from unnest(${texts}::text[]) as t order by t`;
  expect([...texts].sort(compareTexts)).toEqual(rows.map(({ t }) => t));
});

test("days and months are counted as PostgreSQL does", async () => {
  const cases = sample(
    fc.tuple(fc.bigInt({ min: firstDay, max: lastDay }), fc.integer({ min: -30_000, max: 30_000 })),
    2000,
  );
  const rows = await sql<{ day: string; moved: string; week: number; of_year: number; month: number }[]>`
    select day::date::text as day, (day::date + make_interval(months => months))::date::text as moved,
      extract(dow from day::date)::int as week, extract(doy from day::date)::int as of_year, extract(month from day::date)::int as month
    from unnest(${cases.map(([day]) => printDate(day))}::text[], ${cases.map(([, months]) => months)}::int[]) as one(day, months)`;
  for (const [index, row] of rows.entries()) {
    const [day = 0n, months = 0] = cases[index] ?? [];
    expect(parseDate(row.day)).toBe(day);
    const moved = addMonths(day, BigInt(months));
    const inYears = /^\d{4}-\d{2}-\d{2}$/.test(row.moved);
    expect(moved === null ? null : printDate(moved)).toBe(inYears ? row.moved : null);
    expect(timeOperators.dayOfWeek([day], "date")).toBe(BigInt(row.week));
    expect(timeOperators.dayOfYear([day], "date")).toBe(BigInt(row.of_year));
    expect(timeOperators.month([day], "date")).toBe(BigInt(row.month));
  }
});
