import * as fc from "fast-check";
import { expect, test } from "vitest";
import { testSeed } from "#tests/support/testSeed.ts";
import { printTests } from "./printTests.ts";
import { readTestFiles } from "./readTestFiles.ts";

const path = "tests/deals.ts";
const whole = printTests({
  describe: "Deals",
  tests: [
    {
      name: "A won deal stays",
      given: [
        { name: "acme", resource: "Company", values: { name: "Acme", more: [1, { a: null }] } },
        { name: "deal", resource: "Deal", values: { company: { row: "acme" }, amount: -1.5 } },
      ],
      as: { kind: "user", row: "acme", roles: ["rep"] },
      do: { kind: "destroy", row: "deal", action: "drop", input: { reason: "Price" } },
      expect: { kind: "refused", code: "forbidden", field: "stage" },
    },
    {
      name: "All are listed",
      as: { kind: "key", roles: [] },
      do: { kind: "list", resource: "Deal", where: "amount > 1" },
      expect: { kind: "rows", rows: ["deal"] },
    },
  ],
});

function read(text: string): void {
  const { problems, files, places } = readTestFiles({ [path]: text });
  for (const { file, range, message } of problems) {
    expect(file).toBe(path);
    expect(range.start.offset).toBeLessThanOrEqual(range.end.offset);
    expect(range.end.offset).toBeLessThanOrEqual(text.length);
    expect(message).toMatch(/[.?!`"]$/);
  }
  for (const { name, tests } of files) {
    // Whatever was read stands where it says, and can be printed.
    for (const one of tests) expect(places.rangeOf(["tests", name, one.name])?.file).toBe(path);
    expect(readTestFiles({ [path]: printTests({ tests }) }).problems).toEqual([]);
  }
}

const parts = [
  ..."{}()[]'\"`,:",
  "=>",
  "...",
  "null",
  "-1",
  "{}",
  "[]",
  'ref("a")',
  "row(",
  '{ row: "a" }',
  "__proto__: 1",
  "as: ",
  "\u2028",
];

test("any place of a file replaced by anything is read or refused at its place", () => {
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 8 }), fc.constantFrom(...parts));
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(40), text, (at, length, other) =>
      read(whole.slice(0, at) + other + whole.slice(at + length)),
    ),
    { numRuns: 150, seed: testSeed },
  );
});

test("a file that is cut off anywhere is read or refused", () => {
  for (let length = 0; length < whole.length; length += 7) read(whole.slice(0, length));
});

test("any value in the place of any other is read or refused", () => {
  const values = [...whole.matchAll(/"[^"]*"|\{ [^{}]* \}|-?\d+(?:\.\d)?|null/g)];
  for (const { 0: value, index } of values) {
    for (const other of [
      "null",
      "{}",
      '""',
      "1e999",
      '{ row: "a" }',
      '{ __proto__: "a" }',
      "x",
      "() => 1",
      'ref("a")',
    ]) {
      read(whole.slice(0, index) + other + whole.slice(index + value.length));
    }
  }
});

test("what is nested without end, or too much, is refused with a sentence", () => {
  const deep = (times: number) =>
    whole.replace("-1.5", `${'{ a: ref("acme"), b: ['.repeat(times)}${"] }".repeat(times)}`);
  for (const times of [3, 33, 5000]) read(deep(times));
  expect(readTestFiles({ [path]: deep(33) }).problems.map(({ code }) => code)).toContain("too_deep");
  const rows = Array.from({ length: 201 }, (_, at) => `r${at}: row("Deal")`).join(", ");
  const many = whole.replace("given: {", `given: { ${rows},`);
  expect(readTestFiles({ [path]: many }).problems.map(({ code }) => code)).toContain("too_many");
  expect(readTestFiles({ [path]: `// ${"x".repeat(300_000)}` }).problems.map(({ code }) => code)).toEqual([
    "too_large",
  ]);
});

test("files whose names lead nowhere are refused", () => {
  const empty = 'import { tests } from "gantry";\n\nexport default tests([]);\n';
  const paths = [
    "tests/Deals.ts",
    "tests/1.ts",
    "tests/deal_rules.ts",
    "tests/deal-rules.ts",
    "tests/sub/deals.ts",
    "tests/.ts",
  ];
  const { files, problems } = readTestFiles(Object.fromEntries(paths.map((one) => [one, empty])));
  expect(files.map(({ name }) => name)).toEqual(["dealRules"]);
  expect(problems.map(({ file, message }) => `${file}: ${message}`)).toMatchSnapshot();
});
