import * as fc from "fast-check";
import { expect, test } from "vitest";
import { numberText, parseExactJson } from "./exactJson.ts";

test.each([
  ["9007199254740993", "9007199254740993"],
  ["-12345678901234567890.123456789", "-12345678901234567890.123456789"],
  ["5.0", "5"],
  ["1e3", "1000"],
  ["15e-1", "1.5"],
  ["1.5E+2", "150"],
  ["1e-7", "0.0000001"],
  ["-0.25", "-0.25"],
  ["1e500", null],
])("the digits of %s are %j, whatever else the document holds", (number, digits) => {
  expect(numberText(parseExactJson(number))).toBe(digits);
  // A long number beside it must change nothing.
  const [first] = parseExactJson(`[${number}, 98765432109876543210]`) as readonly unknown[];
  expect(numberText(first)).toBe(digits);
});

test("numbers come out of a document as they went in", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (number) => {
      expect(numberText(parseExactJson(`${number}`))).toBe(`${number}`);
      expect(JSON.stringify(parseExactJson(`{"a":[${number}]}`))).toBe(`{"a":[${number}]}`);
    }),
  );
});
