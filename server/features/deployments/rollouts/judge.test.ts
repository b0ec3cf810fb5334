import { describe, expect, test } from "vitest";
import type { CanaryLimits } from "#db/schema/rollouts.ts";
import type { Fare } from "./Fare.ts";
import { judge } from "./judge.ts";

const limits: CanaryLimits = { errorPercent: 1, latencyFactor: 1.5, minRequests: 100 };

function fare(release: number, { requests = 1000, errors = 0, p95 = 20 } = {}): Fare {
  return { release, requests, errors, errorPercent: (100 * errors) / requests, p50: p95 / 2, p95, p99: p95 * 2 };
}

describe("a canary", () => {
  test("says nothing before it had its requests", () => {
    expect(judge(limits, null, fare(1))).toEqual({ kind: "unknown" });
    expect(judge(limits, fare(2, { requests: 99, errors: 99 }), fare(1))).toEqual({ kind: "unknown" });
    expect(judge({ ...limits, minRequests: 0 }, { ...fare(2), requests: 0 }, fare(1))).toEqual({ kind: "unknown" });
  });

  test("fares well up to the limits", () => {
    expect(judge(limits, fare(2, { errors: 10, p95: 30 }), fare(1))).toEqual({ kind: "well" });
  });

  test("fares badly beyond the limit of errors, with the figures in a sentence", () => {
    expect(judge(limits, fare(2, { errors: 11 }), fare(1, { errors: 2 }))).toEqual({
      kind: "badly",
      sentence: "Release 2 failed 11 of 1000 requests (1.1 %); 1 % is the limit. Release 1 had 0.2 %.",
    });
    expect(judge(limits, fare(2, { errors: 11 }), null).kind).toBe("badly");
  });

  test("is not blamed for what the release that serves suffers as much", () => {
    expect(judge(limits, fare(2, { errors: 300 }), fare(1, { errors: 300 })).kind).toBe("well");
    // Too few requests to compare with.
    expect(judge(limits, fare(2, { errors: 300 }), fare(1, { requests: 10, errors: 10 })).kind).toBe("badly");
  });

  test("fares badly when it is so much slower, in times and in milliseconds", () => {
    expect(judge(limits, fare(2, { p95: 31 }), fare(1))).toEqual({
      kind: "badly",
      sentence:
        "95 % of the requests to release 2 took up to 31 ms, 1.6 times the 20 ms of release 1; 1.5 times is the limit.",
    });
    expect(judge(limits, fare(2, { p95: 11 }), fare(1, { p95: 2 })).kind).toBe("well");
  });
});
