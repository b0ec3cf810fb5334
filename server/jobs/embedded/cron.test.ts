import { describe, expect, test } from "vitest";
import { nextTick, parseCron } from "./cron.ts";

function ticks(cron: string, after: string, count: number): (string | undefined)[] {
  const schedule = parseCron(cron);
  const found: (string | undefined)[] = [];
  let at: Date | null = new Date(after);
  for (let index = 0; index < count && at; index++) {
    at = nextTick(schedule, at);
    found.push(at?.toISOString());
  }
  return found;
}

describe("schedules", () => {
  test.each([
    ["*/15 * * * *", "2026-01-01T00:00:30Z", ["2026-01-01T00:15:00.000Z", "2026-01-01T00:30:00.000Z"]],
    ["0 4 * * *", "2026-01-01T04:00:00Z", ["2026-01-02T04:00:00.000Z", "2026-01-03T04:00:00.000Z"]],
    ["30 9 * * mon-fri", "2026-01-02T10:00:00Z", ["2026-01-05T09:30:00.000Z", "2026-01-06T09:30:00.000Z"]],
    ["0 0 1 jan,jul *", "2026-01-01T00:00:00Z", ["2026-07-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"]],
    ["0 0 29 2 *", "2026-01-01T00:00:00Z", ["2028-02-29T00:00:00.000Z"]],
    ["0 0 13 * 5", "2026-02-01T00:00:00Z", ["2026-02-06T00:00:00.000Z", "2026-02-13T00:00:00.000Z"]],
    ["0 12 * * 7", "2026-01-01T00:00:00Z", ["2026-01-04T12:00:00.000Z"]],
    ["@hourly", "2026-01-01T23:30:00Z", ["2026-01-02T00:00:00.000Z"]],
    ["TZ=Europe/Paris 0 9 * * *", "2026-03-28T12:00:00Z", ["2026-03-29T07:00:00.000Z", "2026-03-30T07:00:00.000Z"]],
    ["TZ=Europe/Paris 0 9 * * *", "2026-10-24T12:00:00Z", ["2026-10-25T08:00:00.000Z"]],
    ["TZ=Asia/Kathmandu 15 0 * * *", "2026-01-01T00:00:00Z", ["2026-01-01T18:30:00.000Z"]],
  ])("%s after %s", (cron, after, expected) => {
    expect(ticks(cron, after, expected.length)).toEqual(expected);
  });

  test("a day that never comes gives none", () => {
    expect(ticks("0 0 31 2 *", "2026-01-01T00:00:00Z", 1)).toEqual([undefined]);
  });

  test.each(["* * * *", "60 * * * *", "* * * foo *", "*/0 * * * *", "TZ=Nowhere/City * * * * *", ""])(
    "refuses %j",
    (cron) => {
      expect(() => parseCron(cron)).toThrow(RangeError);
    },
  );
});
