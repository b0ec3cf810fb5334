import * as fc from "fast-check";
import { expect, test } from "vitest";
import { queryRows, withQuery } from "./queryRows.ts";

test("parameters are read as people write them", () => {
  expect(queryRows("/rest/v1/deals")).toEqual([]);
  expect(queryRows("/rest/v1/deals?filter[stage][eq]=won&sort=-amount&page%5Bsize%5D=5")).toEqual([
    { name: "filter[stage][eq]", value: "won" },
    { name: "sort", value: "-amount" },
    { name: "page[size]", value: "5" },
  ]);
  expect(queryRows("/x?a=%zz&b")).toEqual([
    { name: "a", value: "%zz" },
    { name: "b", value: "" },
  ]);
});

test("brackets stay, what means something else in a query does not", () => {
  expect(withQuery("/deals?x=1", [{ name: "filter[title][eq]", value: "a&b=c d" }])).toBe(
    "/deals?filter[title][eq]=a%26b%3Dc%20d",
  );
  expect(withQuery("/deals?x=1", [])).toBe("/deals");
});

test("whatever is written is read again as it was", () => {
  const row = fc.record({ name: fc.string({ unit: "grapheme" }), value: fc.string({ unit: "grapheme" }) });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      expect(queryRows(withQuery("/deals", rows))).toEqual(rows);
    }),
  );
});
