import { expect, test } from "vitest";
import { markOf, shortJson, tookText } from "./marksOf.ts";
import type { StepTrace } from "./StepTrace.ts";

const trace: StepTrace = {
  scope: "",
  name: "send",
  kind: "mail",
  status: "succeeded",
  attempt: 1,
  input: {},
  result: null,
  state: null,
  error: null,
  startedAt: "2026-01-01T00:00:00.000Z",
  endedAt: "2026-01-01T00:00:01.500Z",
};

test("a step shows its value, or why it failed, how long it took and how often it was tried", () => {
  expect(markOf([{ ...trace, result: { id: 7 } }])).toEqual({ state: "done", note: "{id: 7}", took: "1.5 s" });
  const failed = { ...trace, status: "failed", attempt: 3, error: { code: "x", message: "No." } } as const;
  expect(markOf([failed])).toEqual({ state: "failed", note: "No.", took: "1.5 s", attempts: 3 });
});

test("of a step in a loop the worst counts, with how often it ran", () => {
  const failed = { ...trace, scope: "rows[1].", status: "failed", error: { code: "x", message: "No." } } as const;
  expect(markOf([{ ...trace, scope: "rows[0]." }, failed])).toMatchObject({ state: "failed", note: "No.", times: 2 });
});

test("what is under way has not ended", () => {
  const waiting = { ...trace, status: "waiting", endedAt: null, state: { until: "2026-02-01T00:00:00Z" } } as const;
  expect(markOf([waiting])).toEqual({ state: "waiting", note: "until 2026-02-01T00:00:00Z" });
});

test("values and times are short", () => {
  expect(shortJson([1, 2])).toBe("2 items");
  expect(shortJson("x".repeat(200))).toHaveLength(90);
  expect([5, 1500, 120_000, 7_200_000, 260_000_000].map(tookText)).toEqual(["5 ms", "1.5 s", "2 min", "2 h", "3 d"]);
});
