import { expect, test } from "vitest";
import type { ShownApiChange } from "./Impact.ts";
import { trafficWords } from "./trafficWords.ts";

const change = (traffic: ShownApiChange["traffic"], count = 1): ShownApiChange => ({
  kind: "fieldRemoved",
  severity: "breaking",
  resource: "Deal",
  action: null,
  field: "amount",
  sentence: "Deal.amount is gone",
  operations: { names: ["GET /rest/v1/deals"], count },
  traffic,
});

test("calls are said in numbers that people read", () => {
  expect(trafficWords(change({ requests: 1204, keys: 3, others: false }), 7)).toBe(
    "called 1,204 times in the last 7 days by 3 keys",
  );
  expect(trafficWords(change({ requests: 1, keys: 1, others: true }), 7)).toBe(
    "called once in the last 7 days by 1 key and callers without one",
  );
  expect(trafficWords(change({ requests: 0, keys: 0, others: false }), 7)).toBe("not called in the last 7 days");
});

test("what is not known is not called nothing", () => {
  expect(trafficWords(change(null), null)).toBe("calls not measured");
  expect(trafficWords(change(null, 0), 7)).toBeNull();
});
