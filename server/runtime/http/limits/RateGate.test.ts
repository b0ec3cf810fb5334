import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RateGate } from "./RateGate.ts";

const left = (gate: RateGate, caller: string, now: number) => {
  const match = /^"key";r=(\d+);t=(\d+)$/.exec(gate.left(gate.bucket(caller, now), now));
  return { r: Number(match?.[1]), t: Number(match?.[2]) };
};

/** One request, if it is allowed. */
const ask = (gate: RateGate, caller: string, now: number): boolean => {
  const bucket = gate.bucket(caller, now);
  if (gate.wait(bucket, 1, now) > 0) return false;
  gate.take(bucket, 1, now);
  return true;
};

describe("a rate", () => {
  test("allows all of its requests at once, then one for each part of its time", () => {
    const gate = new RateGate("key", { requests: 10, seconds: 5 });
    const start = 12_345.678;
    expect(Array.from({ length: 12 }, () => ask(gate, "a", start)).filter(Boolean)).toHaveLength(10);
    expect(gate.wait(gate.bucket("a", start), 1, start)).toBeCloseTo(500, 6);
    expect(ask(gate, "a", start + 499)).toBe(false);
    expect([ask(gate, "a", start + 500), ask(gate, "a", start + 500)]).toEqual([true, false]);
    expect(ask(gate, "b", start)).toBe(true);
    expect(gate.policy).toBe('"key";q=10;w=5');
  });

  test("tells what is left, and when there is more", () => {
    const gate = new RateGate("key", { requests: 3, seconds: 30 });
    expect(left(gate, "a", 0)).toEqual({ r: 3, t: 0 });
    ask(gate, "a", 0);
    expect(left(gate, "a", 0)).toEqual({ r: 2, t: 10 });
    expect(left(gate, "a", 4000)).toEqual({ r: 2, t: 6 });
    ask(gate, "a", 4000);
    expect(left(gate, "a", 4000)).toEqual({ r: 1, t: 6 });
    ask(gate, "a", 4000);
    expect(left(gate, "a", 4000)).toEqual({ r: 0, t: 6 });
    expect(left(gate, "a", 34_000)).toEqual({ r: 3, t: 0 });
  });

  test("never allows more than it holds and what has come back since, nor refuses what it has told is left", () => {
    const moments = fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 4 })), {
      maxLength: 60,
    });
    const rates = fc.record({ requests: fc.integer({ min: 1, max: 20 }), seconds: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(rates, moments, (rate, steps) => {
        const gate = new RateGate("key", rate);
        const taken: { readonly at: number; readonly count: number }[] = [];
        let now = 1000;
        for (const [pause, count] of steps) {
          now += pause;
          const { r } = left(gate, "a", now);
          const bucket = gate.bucket("a", now);
          const wait = gate.wait(bucket, count, now);
          expect(wait === 0).toBe(count <= r);
          if (wait > 0) continue;
          gate.take(bucket, count, now);
          taken.push({ at: now, count });
          for (const { at: from } of taken) {
            const within = taken.filter(({ at }) => at >= from).reduce((sum, each) => sum + each.count, 0);
            expect(within).toBeLessThanOrEqual(
              rate.requests + ((now - from) * rate.requests) / (1000 * rate.seconds) + 1e-6,
            );
          }
        }
      }),
    );
  });

  test("forgets whoever has used nothing of late, and keeps the others", () => {
    const gate = new RateGate("key", { requests: 2, seconds: 10 });
    ask(gate, "early", 0);
    ask(gate, "late", 4000);
    gate.sweep(5000);
    expect(gate.size).toBe(1);
    expect([ask(gate, "late", 5000), ask(gate, "late", 5000)]).toEqual([true, false]);
  });

  test("takes no more memory than it may, whoever asks", () => {
    const gate = new RateGate("key", { requests: 1, seconds: 1000 });
    for (let caller = 0; caller < 120_000; caller++) ask(gate, String(caller), 0);
    expect(gate.size).toBeLessThanOrEqual(50_000);
    expect(ask(gate, "119999", 0)).toBe(false);
  });
});
