import { expect, test } from "vitest";
import { relativeTime } from "./relativeTime.ts";

const now = Date.UTC(2026, 10, 20, 12);

test.each([
  [0, "just now"],
  [-44, "just now"],
  [-50, "1 minute ago"],
  [-180, "3 minutes ago"],
  [-3600, "1 hour ago"],
  [-86_400, "yesterday"],
  [-86_400 * 9, "last week"],
  [-86_400 * 400, "last year"],
  [7200, "in 2 hours"],
])("%d seconds away reads %s", (seconds, words) => {
  expect(relativeTime(now + seconds * 1000, now)).toBe(words);
});
