import { expect, test } from "vitest";
import { areaPath, linePath, niceMax } from "./chartScale.ts";

test.each([
  [[0], 1],
  [[3], 5],
  [[5], 5],
  [[0.3], 0.5],
  [[99, 101], 200],
  [[1000], 1000],
  [[2400, null], 2500],
])("the axis of %o ends at %d", (values, expected) => {
  expect(niceMax([values])).toBeCloseTo(expected);
});

test("an axis reaches at least as far as it is told to", () => {
  expect(niceMax([[1]], 20)).toBe(20);
});

test("a line is broken where a value is missing, and one value alone is as wide as its step", () => {
  expect(linePath([0, 10, null, 5, null], 10)).toBe("M0.5 100L1.5 0M3.1 50h0.8");
  expect(areaPath([0, 10, null, 5], 10)).toBe("M0.5 100L0.5 100L1.5 0L1.5 100ZM3.5 100L3.5 50L3.5 100Z");
});
