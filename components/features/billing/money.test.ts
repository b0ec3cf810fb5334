import { expect, test } from "vitest";
import { dateWords, daysBetween, money } from "./money.ts";

test.each([
  [2380, "eur", "€23.80"],
  [2000, "eur", "€20"],
  [-1050, "usd", "-$10.50"],
  [500, "jpy", "¥500"],
  [0.2, "eur", "€0.002"],
  [0, "eur", "€0"],
])("%d of %s is written as %s", (amount, currency, text) => {
  expect(money(amount, currency)).toBe(text);
});

test("days are counted up to the last one begun", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  expect(daysBetween(now, new Date("2026-12-05T12:00:00Z"))).toBe("14 days");
  expect(daysBetween(now, new Date("2026-11-21T13:00:00Z"))).toBe("1 day");
  expect(daysBetween(now, new Date("2026-11-01T00:00:00Z"))).toBe("0 days");
  expect(dateWords(new Date("2026-12-03T23:59:00Z"))).toBe("3 December 2026");
});
