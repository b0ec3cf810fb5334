import { expect, test } from "vitest";
import type { ScheduleStart } from "#lib/model/processTypes.ts";
import { dueMoments } from "./dueMoments.ts";

const hourly = (missed?: "once" | "each"): ScheduleStart => ({
  kind: "schedule",
  cron: "0 * * * *",
  ...(missed && { missed }),
});
const at = (time: string) => new Date(`2026-05-01T${time}Z`);
const due = (start: ScheduleStart, since: string, now: string) => {
  const found = dueMoments(start, at(since), at(now));
  return found?.moments.map((moment) => moment.toISOString().slice(11, 16));
};

test("nothing is due before the next moment, and what was seen to is not due again", () => {
  expect(due(hourly(), "10:00:00", "10:59:59")).toBeUndefined();
  expect(due(hourly("each"), "10:00:00", "10:59:59.999")).toBeUndefined();
  expect(due(hourly(), "10:00:00", "11:00:00")).toEqual(["11:00"]);
});

test("moments at which nothing ran: none, one, or each", () => {
  expect(due(hourly(), "10:00:00", "13:30:00")).toEqual([]);
  expect(due(hourly("once"), "10:00:00", "13:30:00")).toEqual(["13:00"]);
  expect(due(hourly("each"), "10:00:00", "13:30:00")).toEqual(["11:00", "12:00", "13:00"]);
});

test("a moment of a few minutes ago is on time", () => {
  expect(due(hourly(), "10:00:00", "13:04:59")).toEqual(["13:00"]);
  expect(due(hourly(), "10:00:00", "13:05:01")).toEqual([]);
});

test("what is passed over is seen to", () => {
  expect(dueMoments(hourly(), at("10:00:00"), at("13:30:00"))?.upTo).toEqual(at("13:00:00"));
});

test("very many are begun a hundred at a time", () => {
  const start = { ...hourly("each"), cron: "* * * * *" };
  const first = dueMoments(start, at("10:00:00"), at("13:30:00"));
  expect([first?.moments.length, first?.upTo, first?.isMore]).toEqual([100, at("11:40:00"), true]);
  const last = dueMoments(start, at("13:20:00"), at("13:30:00"));
  expect([last?.moments.length, last?.upTo, last?.isMore]).toEqual([10, at("13:30:00"), false]);
});
