import { describe, expect, test } from "vitest";
import { strategySchema } from "./strategy.ts";

const limits = { errorPercent: 1, latencyFactor: 1.5, minRequests: 50 };
const canary = (steps: readonly { percent: number; minutes: number }[]) => ({
  rollout: { kind: "canary", steps, limits },
});
const split = (given: object) => ({ rollout: { kind: "split", split: given } });

describe("a strategy", () => {
  test.each([
    {},
    { approval: true },
    canary([{ percent: 5, minutes: 10 }]),
    canary([
      { percent: 0.5, minutes: 0 },
      { percent: 50, minutes: 60 },
      { percent: 100, minutes: 5 },
    ]),
    split({ by: "weight", percent: 50 }),
    split({ by: "header", name: "X-Beta", value: "yes" }),
    split({ by: "cookie", name: "beta", value: "1" }),
    { approval: true, ...split({ by: "actor", percent: 10 }) },
  ])("%j is taken as it is", (given) => {
    expect(strategySchema.parse(given)).toEqual(given);
  });

  test.each([
    { approval: false },
    canary([]),
    canary([{ percent: 0, minutes: 1 }]),
    canary([{ percent: 101, minutes: 1 }]),
    canary([{ percent: Number.NaN, minutes: 1 }]),
    canary([{ percent: 10, minutes: -1 }]),
    canary([{ percent: 10, minutes: 1e9 }]),
    canary([
      { percent: 20, minutes: 1 },
      { percent: 20, minutes: 1 },
    ]),
    canary(Array.from({ length: 21 }, (_, index) => ({ percent: index + 1, minutes: 1 }))),
    { rollout: { kind: "canary", steps: [{ percent: 5, minutes: 1 }], limits: { ...limits, latencyFactor: 0.5 } } },
    { rollout: { kind: "canary", steps: [{ percent: 5, minutes: 1 }] } },
    split({ by: "header", name: "", value: "x" }),
    split({ by: "header", name: "X Beta", value: "x" }),
    split({ by: "header", name: "Authorization", value: "x" }),
    split({ by: "header", name: "X-Beta", value: "a\r\nb" }),
    split({ by: "cookie", name: "beta", value: "a;b" }),
    split({ by: "actor", percent: 0 }),
    split({ by: "luck" }),
    { rollout: null },
  ])("%j is refused", (given) => {
    expect(strategySchema.safeParse(given).success).toBe(false);
  });
});
