import fc from "fast-check";
import { expect, test } from "vitest";
import { numbered, slug, slugLength, toSlug } from "./slug.ts";

test.each([
  ["Süd & Söhne GmbH", "sud-sohne-gmbh"],
  ["Straße", "strasse"],
  ["  O'Brien's  CRM  ", "obriens-crm"],
  ["42 Answers", "answers"],
  ["李雷", "project"],
  ["", "project"],
  [`${"long ".repeat(7)}tail`, "long-long-long-long-long-long-long-tail"],
  [`${"x".repeat(39)} y`, "x".repeat(39)],
])("%s becomes %s", (name, expected) => {
  expect(toSlug(name, "project")).toBe(expected);
});

test("whatever the name and the number, the outcome is a slug of a length that is allowed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 90 }), fc.integer({ min: 1, max: 9_999_999 }), (name, n) => {
      const made = numbered(toSlug(name, "project"), n);
      expect(made.length).toBeLessThanOrEqual(slugLength);
      expect(slug.safeParse(made).success).toBe(true);
    }),
  );
});
