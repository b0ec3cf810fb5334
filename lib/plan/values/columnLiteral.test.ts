import fc from "fast-check";
import { expect, test } from "vitest";
import { columnLiteral, columnValues } from "./columnLiteral.ts";

test("A column's values come back as they were, null apart from its name and from nothing", () => {
  expect(columnLiteral(["a", null, "", 'say "\\hi"', "NULL", "{,}"])).toBe(
    '{"a",NULL,"","say \\"\\\\hi\\"","NULL","{,}"}',
  );
  const value = fc.oneof(fc.constant(null), fc.constantFrom("", "NULL", ",", '"', "\\", "\n"), fc.string());
  fc.assert(
    fc.property(fc.array(value), (values) => {
      expect(columnValues(columnLiteral(values))).toEqual(values);
    }),
  );
});
