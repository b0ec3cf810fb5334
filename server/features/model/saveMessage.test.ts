import fc from "fast-check";
import { expect, test } from "vitest";
import { saveMessage } from "./saveMessage.ts";

test("joins what was done into one sentence", () => {
  expect(saveMessage(["Rename Order.freight to shippingCost.", "Add Customer.preferred."])).toBe(
    "Rename Order.freight to shippingCost; add Customer.preferred",
  );
});

test("says the first of many and lists them all below", () => {
  const sentences = Array.from({ length: 9 }, (_, index) => `Add Customer.attributeNumber${index}`);
  const [subject = "", empty, ...list] = saveMessage(sentences).split("\n");
  expect(subject).toMatch(/^Add Customer\.attributeNumber0; add .*; and \d more$/);
  expect(subject.length).toBeLessThanOrEqual(120);
  expect(empty).toBe("");
  expect(list).toEqual(sentences.map((sentence) => `- ${sentence}`));
});

test("is never empty where something was done, and its subject is one line", () => {
  const sentence = fc.string({ minLength: 1, maxLength: 200 }).filter((text) => !text.includes("\n") && text !== ".");
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 300 }), (sentences) => {
      const [subject = "", second] = saveMessage(sentences).split("\n");
      expect(subject).not.toBe("");
      expect(second ?? "").toBe("");
    }),
  );
});
