import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isExactNumber, numberText, parseExactJson } from "./exactJson.ts";

describe("digits of numbers are kept", () => {
  test.each([
    ["1", "1"],
    ["-0.5", "-0.5"],
    ["9007199254740993", "9007199254740993"],
    ["-9223372036854775808", "-9223372036854775808"],
    ["0.1234567890123456789", "0.1234567890123456789"],
    ["0.30000000000000000001", "0.30000000000000000001"],
    ["1e3", "1000"],
    ["1.5E-3", "0.0015"],
    ["12.50e1", "125"],
    ["1e-7", "0.0000001"],
    ["100000000000000000000000", "100000000000000000000000"],
  ])("%s", (json, text) => {
    expect(numberText(parseExactJson(json))).toBe(text);
    expect(numberText((parseExactJson(`{"a":[ ${json} ]}`) as { a: unknown[] }).a[0])).toBe(text);
  });

  test("a number with an exponent beyond reason has no text", () => {
    for (const json of ["1e500", "1e-999999", "-1e12345"]) expect(numberText(parseExactJson(json))).toBeNull();
    for (const value of ["1", null, [1], { rawJSON: "1" }]) expect(numberText(value)).toBeNull();
  });

  test("whatever is written is printed again", () => {
    const json = '{"a":[9007199254740993,1e400],"b":"9007199254740993e5","c":{"d":0.10000000000000000001}}';
    expect(JSON.stringify(parseExactJson(json))).toBe(json);
  });

  test("values without long numbers are those of JSON.parse", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(parseExactJson(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  test("decimals of any length come back digit by digit", () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{0,40}$/);
    fc.assert(
      fc.property(digits, digits, (whole, fraction) => {
        const text = `${whole}.${fraction}`;
        const value = parseExactJson(`[${text}]`) as unknown[];
        const read = numberText(value[0]);
        // A short one may lose zeros at its end, as numbers do.
        expect(read === text || read === text.replace(/0+$/, "")).toBe(true);
      }),
    );
  });

  test("what is not JSON is refused", () => {
    for (const text of ["", "{", "01", "NaN", "12345678901234567890x"])
      expect(() => parseExactJson(text)).toThrow(SyntaxError);
    expect(isExactNumber({ rawJSON: "1" })).toBe(false);
  });
});
