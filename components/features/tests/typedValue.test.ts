import { expect, test } from "vitest";
import { readTypedValue, typedValueText } from "./typedValue.ts";

const rows = ["company"];

test("what is typed is read as what is shown", () => {
  for (const value of ["won", "12.50", 12, true, null, { row: "company" }, [1, 2], { city: "Ulm" }] as const) {
    expect(readTypedValue(typedValueText(value), { rows, before: value })).toEqual(value);
  }
});

test("a text stays a text, and what is no record's name too", () => {
  expect(readTypedValue("12", { rows, before: "11" })).toBe("12");
  expect(readTypedValue("@nobody", { rows, before: null })).toBe("@nobody");
  expect(readTypedValue("{ half", { rows, before: null })).toBe("{ half");
});
