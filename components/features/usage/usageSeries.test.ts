import { expect, test } from "vitest";
import { usageCsv } from "./usageCsv.ts";
import { daysIn, lastMonths, usageSeries } from "./usageSeries.ts";

const entries = [
  { day: "2026-02-01", kind: "reads", environmentId: "a", amount: 5 },
  { day: "2026-02-03", kind: "reads", environmentId: "a", amount: 2 },
  { day: "2026-02-03", kind: "reads", environmentId: "b", amount: 4 },
  { day: "2026-02-03", kind: "writes", environmentId: "a", amount: 9 },
] as const;

test("days without use count nothing, days to come are empty, and environments can be chosen", () => {
  const now = Date.parse("2026-02-04T12:00:00Z");
  const all = usageSeries({ month: "2026-02", entries: [...entries] }, { kind: "reads", environments: null, now });
  expect(all).toHaveLength(28);
  expect(all.slice(0, 6)).toEqual([5, 0, 6, 0, null, null]);
  const one = { kind: "reads", environments: new Set(["b"]), now } as const;
  expect(usageSeries({ month: "2026-02", entries: [...entries] }, one).slice(0, 4)).toEqual([0, 0, 4, 0]);
});

test("months go back over the turn of a year", () => {
  expect(lastMonths(3, new Date("2026-01-31T23:00:00Z"))).toEqual(["2026-01", "2025-12", "2025-11"]);
  expect([daysIn("2028-02"), daysIn("2026-12")]).toEqual([29, 31]);
});

test("the table has a row for each day, environment and kind, and no formulas", () => {
  const places = [{ environmentId: "a", projectId: "p", project: '=1+"1", x', environment: "production" }];
  expect(usageCsv({ entries: entries.slice(0, 1), places })).toBe(
    'day,project,environment,environment_id,kind,amount\r\n2026-02-01,"\'=1+""1"", x",production,a,reads,5\r\n',
  );
});
