import fc from "fast-check";
import { expect, test } from "vitest";
import { readOnceKey } from "./readOnceKey.ts";

test("a key is a quoted string of structured fields, or bare", () => {
  expect(readOnceKey('"8e03978e-40d5-43e8-bc93-6894a57f9324"')).toBe("8e03978e-40d5-43e8-bc93-6894a57f9324");
  expect(readOnceKey(' "with \\"quotes\\" and \\\\" ')).toBe('with "quotes" and \\');
  expect(readOnceKey("abc-1_2.3:/=")).toBe("abc-1_2.3:/=");
  expect(readOnceKey("k".repeat(255))).toHaveLength(255);
});

test.each(["", '""', '"', '"a', 'a"', "a b", "a, b", '"a", "b"', '"a";p=1', '"ä"', '"a\\b"', `"${"k".repeat(256)}"`])(
  "%s is none",
  (header) => {
    expect(() => readOnceKey(header)).toThrow(
      expect.objectContaining({ code: "invalid_request", fields: [expect.objectContaining({ rule: "syntax" })] }),
    );
  },
);

test("what is quoted is read as it was", () => {
  const printable = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
  fc.assert(
    fc.property(printable, (key) => {
      fc.pre(key.length >= 1 && key.length <= 255);
      expect(readOnceKey(`"${key.replaceAll(/["\\]/g, "\\$&")}"`)).toBe(key);
    }),
  );
});
