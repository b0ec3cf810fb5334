import { expect, test } from "vitest";
import { isTimeZone, readCron } from "./cron.ts";

test.each([
  ["0 9 * * 1", { minutes: [0], hours: [9], weekdays: [1], everyDay: true, everyWeekday: false }],
  ["*/15 8-10 1,15 JAN-MAR *", { minutes: [0, 15, 30, 45], hours: [8, 9, 10], days: [1, 15], months: [1, 2, 3] }],
  ["5/20 * * * FRI-7", { minutes: [5, 25, 45], weekdays: [0, 5, 6] }],
  ["0 0 29 2 *", { days: [29], months: [2] }],
  ["0 0 31 2 MON", { weekdays: [1] }],
])("%s is read", (text, expected) => {
  expect(readCron(text)).toMatchObject(expected);
});

test.each([
  "",
  "* * * *",
  "* * * * * *",
  "60 * * * *",
  "* 24 * * *",
  "* * 0 * *",
  "* * * 13 *",
  "* * * * 8",
  "1-0 * * * *",
  "*/0 * * * *",
  "a * * * *",
  "1--2 * * * *",
  "1/ * * * *",
  "@daily",
  "0 0 31 2 *",
  "0 0 31 4,6 *",
  "-1 * * * *",
  "1,,2 * * * *",
])("%s is refused with a sentence", (text) => {
  expect(readCron(text)).toMatch(/\.$/);
});

test("time zones are those that there are", () => {
  expect(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"].every(isTimeZone)).toBe(true);
  expect(["", "Berlin", "Europe/Berln", "+02:00", "a b"].some(isTimeZone)).toBe(false);
});
