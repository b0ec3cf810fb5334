import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testSeed } from "#tests/support/testSeed.ts";
import { printArray, readArray } from "./arrayText.ts";
import { changeRows, printField, readField } from "./copyText.ts";
import { MaskKey } from "./MaskKey.ts";
import { maskNumber } from "./maskNumber.ts";
import { maskEmail, maskPhone, maskText, maskUuid } from "./maskText.ts";
import { maskDate, maskTime, maskTimestamp } from "./maskTime.ts";
import { maskValue } from "./maskValue.ts";
import { permuted } from "./permuted.ts";

/** A mask has the form of what it hides, differs where that differs, and tells nothing of it. */

const key = new MaskKey(randomBytes(32), "people.name");
const other = new MaskKey(randomBytes(32), "people.name");
const options = { seed: testSeed, numRuns: 200 };

test("a permutation gives each number another, and each number once", () => {
  for (const size of [1, 2, 3, 10, 26, 100, 257, 1000]) {
    const all = Array.from({ length: size }, (_, at) => permuted(BigInt(at), BigInt(size), key));
    expect(new Set(all).size).toBe(size);
    expect(all.every((each) => each >= 0n && each < BigInt(size))).toBe(true);
  }
});

const shapeOf = (text: string) =>
  [...text].map((sign) => (/\p{Nd}/u.test(sign) ? "0" : /\p{Lu}/u.test(sign) ? "A" : /\p{L}/u.test(sign) ? "a" : sign));

describe("texts", () => {
  test("keep their length, their shape and what makes them different", () => {
    const plain = fc.string({ unit: fc.constantFrom(..."abzABZ019 -/@."), maxLength: 30 });
    fc.assert(
      fc.property(plain, plain, (one, two) => {
        const masked = maskText(one, key);
        expect(shapeOf(masked)).toEqual(shapeOf(one));
        expect(maskText(one, key)).toBe(masked);
        expect(maskText(two, key) === masked).toBe(one === two);
      }),
      options,
    );
  });

  test("of any alphabet show nothing of themselves", () => {
    const words = fc.string({ unit: "grapheme", minLength: 8, maxLength: 80 }).filter((text) => /\p{L}{4}/u.test(text));
    fc.assert(
      fc.property(words, (text) => {
        const masked = maskText(text, key, { maxLength: 200 });
        for (const [word] of text.matchAll(/\p{L}{4,}/gu)) expect(masked).not.toContain(word);
      }),
      options,
    );
  });

  test("of few signs are all different", () => {
    const codes = Array.from({ length: 1000 }, (_, at) => String(at).padStart(3, "0"));
    expect(new Set(codes.map((code) => maskText(code, key))).size).toBe(1000);
    const unusual = ["ä", "ö", "ü", "é", "è", "à", "ß", "ñ"].flatMap((one) => [`${one}a`, `${one}b`]);
    expect(new Set(unusual.map((text) => maskText(text, key, { maxLength: 20 }))).size).toBe(unusual.length);
  });

  test("are masked otherwise in another copy and in another field", () => {
    const field = new MaskKey(randomBytes(32), "people.city");
    expect(new Set([key, other, field].map((each) => maskText("Ada Lovelace", each))).size).toBe(3);
  });

  test("with a form keep it", () => {
    expect(maskEmail("ada@example.org", key)).toMatch(/^[0-9a-f]{16}@example\.com$/);
    expect(maskEmail("Ada@example.org", key)).toBe(maskEmail("ada@example.org", key));
    const phones = fc.stringMatching(/^\+[1-9][0-9]{6,14}$/);
    fc.assert(
      fc.property(phones, (phone) => {
        expect(maskPhone(phone, key)).toMatch(/^\+[1-9]\d{6,14}$/);
        expect(maskPhone(phone, key)).toHaveLength(phone.length);
      }),
      options,
    );
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        expect(maskUuid(uuid, key)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-[1-9a-f][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
        expect(maskUuid(uuid, key)[14]).toBe(uuid[14]);
      }),
      options,
    );
  });
});

describe("numbers", () => {
  test("keep sign, digits and limits, and what makes them different", () => {
    const numbers = fc.bigInt({ min: -(2n ** 31n), max: 2n ** 31n - 1n }).map(String);
    const limits = { min: "-2147483648", max: "2147483647" };
    fc.assert(
      fc.property(numbers, numbers, (one, two) => {
        const masked = maskNumber(one, key, limits);
        expect(masked).toHaveLength(one.length);
        expect(BigInt(masked)).toBeGreaterThanOrEqual(-(2n ** 31n));
        expect(BigInt(masked)).toBeLessThanOrEqual(2n ** 31n - 1n);
        expect(masked === maskNumber(two, key, limits)).toBe(one === two);
      }),
      options,
    );
  });

  test("with a point keep its place, and stay within limits", () => {
    for (const text of ["12.50", "0.05", "99999999.99", "-3.10", "0.00"]) {
      const masked = maskNumber(text, key);
      expect(masked.split(".").map((part) => part.length)).toEqual(text.split(".").map((part) => part.length));
      expect(masked.startsWith("-")).toBe(text.startsWith("-"));
    }
    for (let at = 10; at < 60; at += 1) {
      const masked = Number(maskNumber(String(at), key, { min: "18", max: "42.5" }));
      if (at >= 18 && at <= 42) expect(masked).toBeGreaterThanOrEqual(18);
      expect(masked).toBeLessThanOrEqual(42);
    }
    expect(maskNumber("NaN", key)).toBe("NaN");
  });
});

test("moments stay moments, and different ones different", () => {
  const dates = fc.date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(dates, (date) => {
      const day = date.toISOString().slice(0, 10);
      expect(new Date(maskDate(day, key)).toISOString().slice(0, 10)).toBe(maskDate(day, key));
      const moment = `${day} ${date.toISOString().slice(11, 23)}+00`;
      expect(maskTimestamp(moment, key)).toMatch(/^(?:19|20)\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00$/);
    }),
    options,
  );
  expect(maskDate("0044-03-15 BC", key)).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(maskTimestamp("infinity", key)).toMatch(/^\d{4}-/);
  const times = Array.from({ length: 60 }, (_, at) => maskTime(`10:${String(at).padStart(2, "0")}:00`, key));
  expect(new Set(times).size).toBe(60);
});

test("lists and rows are read and printed as PostgreSQL has them", () => {
  const item = fc.option(fc.string({ unit: "grapheme" }), { nil: null });
  fc.assert(
    fc.property(fc.array(item), (items) => {
      expect(readArray(printArray(items))).toEqual(items);
    }),
    options,
  );
  expect(readArray('{a,"b c",NULL,"NULL","x\\"y\\\\z",""}')).toEqual(["a", "b c", null, "NULL", 'x"y\\z', ""]);
  fc.assert(
    fc.property(item, (value) => {
      expect(readField(printField(value))).toBe(value);
    }),
    options,
  );
  const rows = Buffer.from("1\ta\\tb\t\\N\n2\t\\\\N\tgröße\n");
  const seen: (string | null)[] = [];
  const change = (value: string | null) => {
    seen.push(value);
    return value && "x\ny";
  };
  expect(changeRows(rows, [null, change, change]).toString()).toBe("1\tx\\ny\t\\N\n2\tx\\ny\tx\\ny\n");
  expect(seen).toEqual(["a\tb", null, "\\N", "größe"]);
  expect(changeRows(rows, [null, null, null]).equals(rows)).toBe(true);
});

test("values of several parts keep their parts", () => {
  const part = (name: string, parts: object) =>
    ({ name, column: name, type: { kind: "text" }, required: false, unique: false, ...parts }) as const;
  const address = {
    name: "Address",
    attributes: [
      part("street", { sensitive: true }),
      part("country", {}),
      part("lines", { type: { kind: "list", of: { kind: "text" } } }),
    ],
  };
  const masking = { key, valueObjects: new Map([["Address", address]]), sealed: "v1.sealed" };
  const embed = { type: { kind: "embed", valueObject: "Address" }, required: false } as const;
  const text = JSON.stringify({ street: "Hauptstrasse 7", country: "DE", lines: ["secret line"] });
  const masked = JSON.parse(maskValue(text, embed, masking) ?? "");
  expect(masked).toEqual({
    street: expect.stringMatching(/^[A-Z][a-z]{11} \d$/),
    country: expect.stringMatching(/^[A-Z]{2}$/),
    lines: [expect.stringMatching(/^[a-z]{6} [a-z]{4}$/)],
  });
  expect(JSON.stringify(masked)).not.toMatch(/Hauptstrasse|secret/);
  const money = { type: { kind: "money" }, required: false } as const;
  expect(maskValue('{"amount": 12.50, "currency": "EUR"}', money, masking)).toMatch(
    /^\{"amount": \d\d\.\d\d, "currency": "EUR"\}$/,
  );
  const json = { type: { kind: "json" }, required: true } as const;
  expect(maskValue('{"name": "Ada"}', json, masking)).toBe("{}");
  expect(maskValue(null, json, masking)).toBeNull();
});
