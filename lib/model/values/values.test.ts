import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalDate } from "./canonicalDate.ts";
import { canonicalDecimal } from "./canonicalDecimal.ts";
import { canonicalInteger } from "./canonicalInteger.ts";
import { canonicalTimestamp } from "./canonicalTimestamp.ts";
import { canonicalUuid } from "./canonicalUuid.ts";
import { compareCanonical } from "./compareCanonical.ts";

test.each([
  ["+007.50", "7.50"],
  ["-0.00", "0.00"],
  [".5", "0.5"],
  ["5.", "5"],
  ["-12.5", "-12.5"],
  ["00", "0"],
  ["1e3", null],
  ["", null],
  [".", null],
  ["1,5", null],
  ["NaN", null],
  ["9".repeat(1001), null],
])("decimal %s", (text, canonical) => {
  expect(canonicalDecimal(text)).toBe(canonical);
});

test.each([
  ["integer", "2147483647", "2147483647"],
  ["integer", "2147483648", null],
  ["integer", "-2147483648", "-2147483648"],
  ["bigint", "9223372036854775807", "9223372036854775807"],
  ["bigint", "9223372036854775808", null],
  ["integer", "-007", "-7"],
  ["integer", "-0", "0"],
  ["integer", "1.0", null],
  ["integer", "", null],
  ["bigint", "9".repeat(100_000), null],
] as const)("%s %s", (kind, text, canonical) => {
  expect(canonicalInteger(text, kind)).toBe(canonical);
});

test.each([
  ["2024-02-29", "2024-02-29"],
  ["2026-02-29", null],
  ["1900-02-29", null],
  ["2000-02-29", "2000-02-29"],
  ["2026-04-31", null],
  ["0000-01-01", null],
  ["2026-1-1", null],
])("date %s", (text, canonical) => {
  expect(canonicalDate(text)).toBe(canonical);
});

test.each([
  ["2026-01-01T02:00:00.500+02:00", "2026-01-01T00:00:00.5Z"],
  ["2026-01-01t00:00:00z", "2026-01-01T00:00:00Z"],
  ["2026-01-01 00:00:00Z", "2026-01-01T00:00:00Z"],
  ["2026-01-01T00:00:00.123456Z", "2026-01-01T00:00:00.123456Z"],
  ["2026-01-01T00:00:00.1234567Z", null],
  ["2026-01-01T00:00:00", null],
  ["2026-01-01T24:00:00Z", null],
  ["0001-01-01T00:00:00+01:00", null],
  ["9999-12-31T23:59:59-01:00", null],
  ["2026-02-30T00:00:00Z", null],
])("timestamp %s", (text, canonical) => {
  expect(canonicalTimestamp(text)).toBe(canonical);
});

test("a UUID is written small", () => {
  expect(canonicalUuid("0190B6A2-3C4D-7E5F-8A9B-0C1D2E3F4A5B")).toBe("0190b6a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b");
  expect(canonicalUuid("0190b6a23c4d7e5f8a9b0c1d2e3f4a5b")).toBeNull();
});

describe("order", () => {
  test("of decimals is that of their values", () => {
    const digits = fc.integer({ min: -99_999, max: 99_999 });
    const scale = fc.nat({ max: 4 });
    fc.assert(
      fc.property(digits, scale, digits, scale, (a, scaleA, b, scaleB) => {
        const text = (value: number, places: number) => (value / 10 ** places).toFixed(places);
        const exact = (value: number, places: number) => BigInt(value) * 10n ** BigInt(4 - places);
        const difference = exact(a, scaleA) - exact(b, scaleB);
        const sign = difference < 0n ? -1 : difference > 0n ? 1 : 0;
        const [left, right] = [canonicalDecimal(text(a, scaleA)) ?? "", canonicalDecimal(text(b, scaleB)) ?? ""];
        expect(Math.sign(compareCanonical(left, right, "decimal"))).toBe(sign);
      }),
    );
  });

  test.each([
    ["timestamp", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000001Z", -1],
    ["timestamp", "2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00.45Z", 1],
    ["date", "2026-01-31", "2026-02-01", -1],
    ["bigint", "-10", "9", -1],
    ["decimal", "1.50", "1.5", 0],
  ] as const)("of %s %s and %s", (kind, a, b, sign) => {
    expect(Math.sign(compareCanonical(a, b, kind))).toBe(sign);
  });
});
