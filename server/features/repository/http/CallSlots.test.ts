import { expect, test } from "vitest";
import { isAppError } from "#tests/support/isAppError.ts";
import { CallSlots } from "./CallSlots.ts";

test("one person cannot take the room of all", () => {
  const slots = new CallSlots(3, 2);
  const [first, second] = [slots.take("ann"), slots.take("ann")];
  expect(() => slots.take("ann")).toThrow(expect.toSatisfy(isAppError("unavailable")));
  const other = slots.take("bob");
  expect(() => slots.take("cem")).toThrow("Try again in a moment.");
  first();
  first();
  slots.take("cem");
  expect(() => slots.take("bob")).toThrow("Try again in a moment.");
  second();
  other();
  slots.take("ann");
  slots.take("ann");
});
