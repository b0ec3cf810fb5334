import { expect, test } from "vitest";
import { timeOrderedUuid } from "./timeOrderedUuid.ts";

test("a UUID of version 7 carries its time in front", () => {
  const uuid = timeOrderedUuid(Date.UTC(2026, 0, 1));
  expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(uuid.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.UTC(2026, 0, 1));
  expect(timeOrderedUuid(1) < timeOrderedUuid(2)).toBe(true);
  expect(timeOrderedUuid(1)).not.toBe(timeOrderedUuid(1));
});

test("those of one millisecond are in the order in which they were made", () => {
  const made = Array.from({ length: 2000 }, () => timeOrderedUuid(1_800_000_000_000));
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(2000);
});
