import { expect, test } from "vitest";
import { occurrences } from "./occurrences.ts";

const from = new Date("2026-03-27T12:00:00Z");

test("the next moments are told in UTC, by the clock of the zone", () => {
  const found = occurrences({ cron: "0 8 * * *", zone: "Europe/Berlin" }, from, 3);
  // The clocks there go forward on the 29th.
  expect(found?.map((moment) => moment.toISOString())).toEqual([
    "2026-03-28T07:00:00.000Z",
    "2026-03-29T06:00:00.000Z",
    "2026-03-30T06:00:00.000Z",
  ]);
});

test("what is no schedule has none", () => {
  expect(occurrences({ cron: "0 25 * * *", zone: "UTC" }, from)).toBeNull();
  expect(occurrences({ cron: "0 8 * *", zone: "UTC" }, from)).toBeNull();
  expect(occurrences({ cron: "0 8 * * *", zone: "Mars/Olympus" }, from)).toBeNull();
});
