import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { durationBounds, type OneReleaseFigures } from "../compile/Snapshot.ts";
import { figuresBetween } from "./figuresBetween.ts";
import { percentileOf } from "./percentileOf.ts";

/** As a runtime counts them. */
function bucketsOf(durations: readonly number[]): readonly number[] {
  const buckets = Array.from({ length: durationBounds.length + 1 }, () => 0);
  for (const duration of durations) {
    const at = durationBounds.findIndex((bound) => duration <= bound);
    const place = at < 0 ? durationBounds.length : at;
    buckets[place] = (buckets[place] ?? 0) + 1;
  }
  return buckets;
}

describe("a percentile", () => {
  test("is in the bucket of the duration that it stands for", () => {
    const milliseconds = fc.array(fc.double({ min: 0, max: 20_000, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(milliseconds, fc.double({ min: 0, max: 1, noNaN: true }), (durations, share) => {
        const sorted = durations.toSorted((one, other) => one - other);
        const exact = sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? 0;
        const found = percentileOf(bucketsOf(durations), share) ?? Number.NaN;
        const at = durationBounds.findIndex((bound) => exact <= bound);
        const [from, to] = at < 0 ? [10_000, 10_000] : [durationBounds[at - 1] ?? 0, durationBounds[at] ?? 0];
        expect(found).toBeGreaterThanOrEqual(from);
        expect(found).toBeLessThanOrEqual(to);
      }),
    );
  });

  test("never falls when the share grows, and is none without requests", () => {
    const buckets = bucketsOf([1, 2, 8, 8, 8, 40, 900, 12_000]);
    const told = [0, 0.25, 0.5, 0.75, 0.9, 0.99, 1].map((share) => percentileOf(buckets, share) ?? Number.NaN);
    expect(told).toEqual(told.toSorted((one, other) => one - other));
    expect(told.at(-1)).toBe(10_000);
    expect(percentileOf(bucketsOf([]), 0.95)).toBeNull();
  });
});

test("what happened between two answers is their difference, and all of what was counted anew", () => {
  const figures = (release: number, since: string, durations: readonly number[]): OneReleaseFigures => ({
    release,
    since,
    requests: durations.length,
    errors: Math.floor(durations.length / 2),
    buckets: bucketsOf(durations),
  });
  const [early, late] = ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"];
  const before = { at: late, releases: [figures(1, early, [1, 5]), figures(2, early, [9])] };
  const now = { at: late, releases: [figures(1, early, [1, 5, 5, 80]), figures(2, late, [9, 9])] };
  expect(figuresBetween(before, now)).toEqual([{ ...figures(1, early, [5, 80]), errors: 1 }, figures(2, late, [9, 9])]);
  expect(figuresBetween(null, now)).toEqual(now.releases);
});
