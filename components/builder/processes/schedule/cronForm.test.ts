import { expect, test } from "vitest";
import { cronForm, cronText, cronWords } from "./cronForm.ts";

const said = {
  "* * * * *": "every minute",
  "*/15 * * * *": "every 15 minutes",
  "0 * * * *": "every full hour",
  "5 * * * *": "every hour at 5 past",
  "30 8 * * *": "every day at 08:30",
  "0 18 * * 1-5": "Monday to Friday at 18:00",
  "0 9 * * 0": "every Sunday at 09:00",
  "0 0 1 * *": "on day 1 of each month at 00:00",
  "*/7 * * * *": "by the schedule `*/7 * * * *`",
  "0 9 1 1 *": "by the schedule `0 9 1 1 *`",
  "0 9 1 * 1": "by the schedule `0 9 1 * 1`",
  nonsense: "by the schedule `nonsense`",
};

test.each(Object.entries(said))("%s is %s", (cron, words) => {
  expect(cronWords(cron)).toBe(words);
  expect(cronText(cronForm(cron))).toBe(cron);
});

test.each([
  ["0 8 * * MON", "every Monday at 08:00"],
  ["0 8 * * sun", "every Sunday at 08:00"],
  ["0 8 * * 7", "every Sunday at 08:00"],
  ["0 8 * * MON-FRI", "Monday to Friday at 08:00"],
  ["0 8 * * MOND", "by the schedule `0 8 * * MOND`"],
])("names of days are read too: %s is %s", (cron, words) => {
  expect(cronWords(cron)).toBe(words);
});
