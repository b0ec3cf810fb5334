import * as fc from "fast-check";
import { printDecimal } from "../decimal/printDecimal.ts";
import { firstDay, lastDay } from "../time/calendar.ts";
import { printDate } from "../time/dateText.ts";
import { printDuration } from "../time/durationText.ts";
import { printTimestamp } from "../time/timestampText.ts";
import { printTime } from "../time/timeText.ts";

const near = { from: 20_000n, to: 21_000n };

const integers = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt({ min: -20n, max: 20n }) },
  { weight: 2, arbitrary: fc.bigInt({ min: -(2n ** 31n), max: 2n ** 31n }) },
  { weight: 2, arbitrary: fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n), 2n ** 62n, 3_037_000_500n) },
);

const decimals = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.bigInt({ min: -5000n, max: 5000n }), fc.nat({ max: 4 })) },
  { weight: 1, arbitrary: fc.tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.nat({ max: 30 })) },
);

const days = fc.oneof(
  { weight: 5, arbitrary: fc.bigInt({ min: near.from, max: near.to }) },
  { weight: 1, arbitrary: fc.constantFrom(firstDay, firstDay + 1n, lastDay, 0n, -1n, 19_782n, 11_016n) },
  { weight: 1, arbitrary: fc.bigInt({ min: firstDay, max: lastDay }) },
);

const microseconds = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0n, 1n, 500_000n, 43_200_000_000n, 86_399_999_999n) },
  { weight: 2, arbitrary: fc.bigInt({ min: 0n, max: 86_399_999_999n }) },
);

const moments = fc.tuple(days, microseconds).map(([day, time]) => day * 86_400_000_000n + time);

const lengths = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: -200_000_000_000n, max: 200_000_000_000n }) },
  { weight: 1, arbitrary: fc.constantFrom(0n, 1n, 2n ** 63n - 1n, -(2n ** 62n), 86_400_000_000n) },
);

/** Texts that show how texts are compared, counted and cased: several planes, letters that grow, spaces, quotes. */
export const sampleTexts: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "",
      "a",
      "A",
      "ab",
      "abc",
      "b",
      " a ",
      "won",
      "lead",
      "12.50",
      "-7",
      "2026-01-31",
      "true",
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.constantFrom(..."aAbB zZ09éÉßñ.,-_%'\"\\\n\tİıſΣσςᾳΩд世界😀𐐀𝒳\u00a0\u0301\ue000\uffee"), {
        maxLength: 6,
      })
      .map((parts) => parts.join("").toWellFormed()),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: "binary", maxLength: 6 }).map((text) => text.replaceAll("\0", "").toWellFormed()),
  },
);

/** A text between quotes, as expressions write it. */
export function quoted(text: string): string {
  const escaped = text.replace(/[\\'\n\r]/g, (sign) => (sign === "\n" ? "\\n" : sign === "\r" ? "\\r" : `\\${sign}`));
  return `'${escaped}'`;
}

export const sampleUuids: readonly string[] = [
  "0190b6a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-4fff-8fff-ffffffffffff",
];

/** Literals of each kind, as expressions write them. */
export const literalTexts = {
  boolean: fc.constantFrom("true", "false"),
  integer: integers.map((value) => (value < 0n ? `(${value})` : `${value}`)),
  decimal: decimals.map(([digits, scale]) => {
    const text = printDecimal({ digits, scale });
    const pointed = text.includes(".") ? text : `${text}.0`;
    return pointed.startsWith("-") ? `(${pointed})` : pointed;
  }),
  text: sampleTexts.map(quoted),
  date: days.map((value) => `date('${printDate(value)}')`),
  time: microseconds.map((value) => `time('${printTime(value)}')`),
  timestamp: moments.map((value) => `timestamp('${printTimestamp(value)}')`),
  duration: lengths.map((value) => `duration('${printDuration(value)}')`),
  uuid: fc.constantFrom(...sampleUuids.map((value) => `uuid('${value}')`)),
  money: fc
    .tuple(decimals, fc.constantFrom("EUR", "CHF"))
    .map(([[digits, scale], currency]) => `money('${printDecimal({ digits, scale })} ${currency}')`),
} as const;

/** Canonical texts of values of each kind, for rows. */
export const sampleValues = {
  boolean: fc.constantFrom("true", "false"),
  integer: integers.map(String),
  decimal: decimals.map(([digits, scale]) => printDecimal({ digits, scale })),
  text: sampleTexts,
  date: days.map(printDate),
  time: microseconds.map(printTime),
  timestamp: moments.map(printTimestamp),
  duration: lengths.map(printDuration),
  uuid: fc.constantFrom(...sampleUuids),
  money: fc
    .tuple(decimals, fc.constantFrom("EUR", "CHF"))
    .map(([[digits, scale], currency]) => `${printDecimal({ digits, scale })} ${currency}`),
} as const;
