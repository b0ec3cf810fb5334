import { describe, expect, test } from "vitest";
import { readCron } from "#lib/model/processes/cron.ts";
import { Random } from "#tests/support/Random.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { lastOccurrence, nextOccurrence, occurrences } from "./occurrences.ts";

const moments = (cron: string, zone: string, after: string, most: number) =>
  occurrences({ cron, zone }, { after: new Date(after), until: new Date("2100-01-01"), most }).map((moment) =>
    moment.toISOString().slice(0, 16),
  );

describe("When clocks are put forward", () => {
  test("a time of day that does not exist is an hour later, on that day too", () => {
    expect(moments("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 3)).toEqual([
      "2026-03-28T01:30",
      // 03:30 in Berlin.
      "2026-03-29T01:30",
      "2026-03-30T00:30",
    ]);
  });

  test("every hour stays every hour", () => {
    expect(moments("0 * * * *", "Europe/Berlin", "2026-03-28T23:30:00Z", 3)).toEqual([
      "2026-03-29T00:00",
      "2026-03-29T01:00",
      "2026-03-29T02:00",
    ]);
  });
});

describe("When clocks are put back", () => {
  test("a time of day that exists twice is the first of both", () => {
    expect(moments("30 2 * * *", "Europe/Berlin", "2026-10-24T00:00:00Z", 3)).toEqual([
      "2026-10-24T00:30",
      "2026-10-25T00:30",
      "2026-10-26T01:30",
    ]);
  });

  test("every half hour stays every half hour", () => {
    expect(moments("*/30 * * * *", "Europe/Berlin", "2026-10-24T23:45:00Z", 4)).toEqual([
      "2026-10-25T00:00",
      "2026-10-25T00:30",
      "2026-10-25T01:00",
      "2026-10-25T01:30",
    ]);
  });
});

test("midnight that does not exist is the beginning of that day", () => {
  expect(moments("0 0 * * *", "America/Sao_Paulo", "2018-11-03T12:00:00Z", 2)).toEqual([
    // 01:00 in São Paulo.
    "2018-11-04T03:00",
    "2018-11-05T02:00",
  ]);
});

test(`every schedule that a model may have has the moments that its fields say (seed ${testSeed})`, () => {
  const random = new Random(testSeed);
  let checked = 0;
  for (let round = 0; round < 300; round++) {
    const text = someCron(random);
    const cron = readCron(text);
    if (typeof cron === "string") continue;
    checked += 1;
    const start = { cron: text };
    const after = new Date(Date.UTC(2026, random.below(12), 1 + random.below(28), random.below(24), random.below(60)));
    const fits = (moment: Date) => {
      const isDay = cron.days.includes(moment.getUTCDate());
      const isWeekday = cron.weekdays.includes(moment.getUTCDay());
      const either = cron.everyDay || cron.everyWeekday ? isDay && isWeekday : isDay || isWeekday;
      const isTime = cron.minutes.includes(moment.getUTCMinutes()) && cron.hours.includes(moment.getUTCHours());
      return either && isTime && cron.months.includes(moment.getUTCMonth() + 1);
    };
    const next = nextOccurrence(start, after);
    expect([text, fits(next), next > after]).toEqual([text, true, true]);
    // None in between: looked at minute by minute, for as long as that takes no time.
    const until = Math.min(next.getTime(), after.getTime() + 3 * 86_400_000);
    for (let at = after.getTime() + 60_000; at < until; at += 60_000) {
      if (fits(new Date(at))) expect([text, new Date(at).toISOString()]).toEqual([text, next.toISOString()]);
    }
    expect([text, lastOccurrence(start, next)]).toEqual([text, next]);
    expect([text, lastOccurrence(start, new Date(next.getTime() + 59_000))]).toEqual([text, next]);
  }
  expect(checked).toBeGreaterThan(200);
});

function someCron(random: Random): string {
  const field = (least: number, most: number) => {
    const value = () => least + random.below(most - least + 1);
    const [one, other] = [value(), value()].sort((a, b) => a - b);
    return random.pick([
      "*",
      "*",
      `${one}`,
      `${one}-${other}`,
      `${one},${other}`,
      `*/${1 + random.below(most)}`,
      `${one}/5`,
    ]);
  };
  return [field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6)].join(" ");
}
