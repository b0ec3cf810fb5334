import { describe, expect, test } from "vitest";
import { readCheckedApp } from "./readCheckedApp.ts";
import { TypeChecker } from "./TypeChecker.ts";

const plain = {
  "gantry.config.ts": 'import { app } from "gantry";\n\nexport default app({ name: "Shop" });\n',
  "domain/customer.ts":
    'import { resource, text } from "gantry";\n\nexport default resource("Customer", {\n  attributes: { name: text() },\n});\n',
};

const parameters = `{
    amount: decimal({ required: true }),
    country: text(),
    kind: choice(["new", "old"], { default: "new" }),
    days: list(date()),
  }`;

function withFunction(body: string) {
  const text = [
    'import { choice, Decimal, date, decimal, fn, list, text } from "gantry";',
    "",
    "export default fn(",
    '  "vatOf",',
    `  { parameters: ${parameters}, returns: decimal() },`,
    `  ${body},`,
    ");",
    "",
  ].join("\n");
  return { ...plain, "functions/vat-of.ts": text };
}

/** The texts that are marked, with what is said of them. */
async function findings(body: string): Promise<readonly (readonly [string, string])[]> {
  const sources = withFunction(body);
  const { problems, model } = await readCheckedApp(sources);
  expect(model === null).toBe(problems.length > 0);
  return problems.map(({ code, file, range, message }) => {
    expect([code, file]).toEqual(["function_types", "functions/vat-of.ts"]);
    return [sources["functions/vat-of.ts"].slice(range.start.offset, range.end.offset), message];
  });
}

describe("functions as TypeScript sees them", () => {
  test.each([
    "({ amount }) => Decimal.of(amount).times(2).round(2)",
    "({ amount, country }): string | null => (country === null ? null : amount)",
    '({ kind }) => (kind === "new" ? 1 : 2)',
    "({ days }) => days?.map((day) => day.length)[0] ?? null",
    "function (given) { return given.amount; }",
  ])("%s is sound", async (body) => {
    expect(await findings(body)).toEqual([]);
  });

  test.each([
    ["({ amount }) => amount * 2", "amount", "left-hand side"],
    ["({ country }) => country.length", "country", "possibly 'null'"],
    ['({ kind }) => (kind === "other" ? 1 : 2)', 'kind === "other"', "no overlap"],
    ["({ amout }) => 1", "amout", "does not exist"],
    ["({ amount }) => ({ amount })", "({ amount })", "not assignable"],
    ["() => process.env.HOME", "process", "Cannot find name"],
    ["() => fetch('https://example.com')", "fetch", "Cannot find name"],
    ["({ amount }) => Decimal.of(amount).plus(true)", "true", "not assignable"],
  ])("of %s it marks %s", async (body, marked, message) => {
    const [first] = await findings(body);
    expect(first?.[0]).toBe(marked);
    expect(first?.[1]).toContain(message);
  });

  test("nobody is asked where there are no functions, or something else is wrong already", async () => {
    expect((await readCheckedApp(plain)).problems).toEqual([]);
    const unread = await readCheckedApp(withFunction("({ amount }) => amount *"));
    expect(unread.problems.map(({ code }) => code)).not.toContain("function_types");
    expect(unread.model).toBeNull();
  });
});

describe("the checker", () => {
  test("answers many at a time, each with its own", async () => {
    const checker = new TypeChecker();
    const texts = Array.from(
      { length: 5 },
      (_, index) => `const number: number = "${"x".repeat(index)}";\nexport {};\n`,
    );
    const answers = await Promise.all(texts.map((text) => checker.check(["export {};\n", text])));
    for (const answer of answers) expect(answer).toMatchObject([{ text: 1, start: 6, end: 12 }]);
    checker.end();
  });

  test("whoever waits for one that is ended is told, and the next is answered by another", async () => {
    const checker = new TypeChecker();
    const answer = checker.check(["export {};\n"]);
    checker.end();
    expect(await answer).toBeNull();
    expect(await checker.check(["export {};\n"])).toEqual([]);
    checker.end();
  });

  test("nothing of the machine's files can be looked at", async () => {
    const checker = new TypeChecker();
    const findings = await checker.check([
      'import text from "../../etc/passwd.json";\nimport fs from "node:fs";\n/// <reference path="/etc/passwd" />\nexport default [text, fs];\n',
    ]);
    expect(findings?.map(({ message }) => message).join()).toMatch(/Cannot find module.*Cannot find/);
    checker.end();
  });
});
