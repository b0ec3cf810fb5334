import fc from "fast-check";
import { expect, test } from "vitest";
import { saveMessage } from "./saveMessage.ts";

test("says what was done on one line", () => {
  const clauses = ["Rename Order.freight to shippingCost", "Add Customer.preferred"];
  expect(saveMessage(clauses, clauses)).toBe("Rename Order.freight to shippingCost; add Customer.preferred");
});

test("says a thing once, and all of it below", () => {
  const clauses = ["Change Order.count", "Change Order.count"];
  const sentences = ["Order.count is now required", "Order.count is now at least 0"];
  expect(saveMessage(clauses, sentences)).toBe(
    "Change Order.count\n\n- Order.count is now required\n- Order.count is now at least 0",
  );
});

test("says the first of many and lists them all below", () => {
  const clauses = Array.from({ length: 9 }, (_, index) => `Add Customer.attributeNumber${index}`);
  const [subject = "", empty, ...list] = saveMessage(clauses, clauses).split("\n");
  expect(subject).toMatch(/^Add Customer\.attributeNumber0; add .*; and \d more$/);
  expect(subject.length).toBeLessThanOrEqual(120);
  expect(empty).toBe("");
  expect(list).toEqual(clauses.map((clause) => `- ${clause}`));
});

test("has a subject of one line and an empty line below it, whatever was done", () => {
  const clause = fc.string({ minLength: 1, maxLength: 200 }).filter((text) => !text.includes("\n"));
  fc.assert(
    fc.property(fc.array(clause, { minLength: 1, maxLength: 300 }), (clauses) => {
      const [subject = "", second] = saveMessage(clauses, clauses).split("\n");
      expect(subject).not.toBe("");
      expect(second ?? "").toBe("");
    }),
  );
});
