import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Problem } from "../Problem.ts";
import { processSources } from "../testing/processSources.ts";
import { readModel } from "./readModel.ts";

const files = ["processes/close-deal.ts", "functions/vat.ts", "gantry.config.ts"];

function expectPlaced(problems: readonly Problem[], texts: Readonly<Record<string, string>>): void {
  for (const { file, range, message } of problems) {
    const length = texts[file]?.length ?? 0;
    expect(range.start.offset).toBeLessThanOrEqual(range.end.offset);
    expect(range.end.offset).toBeLessThanOrEqual(length);
    expect(message).toMatch(/[.?!`]$/);
  }
}

function read(file: string, text: string): void {
  const sources = { ...processSources, [file]: text };
  expectPlaced(readModel(sources).problems, sources);
}

test.each(files)("%s with any place of it replaced by anything is read or refused", (file) => {
  const whole = processSources[file] ?? "";
  fc.assert(
    fc.property(
      fc.nat(whole.length),
      fc.nat(40),
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 8 }),
        fc.constantFrom(
          "{",
          "}",
          "(",
          ")",
          "[",
          "]",
          "'",
          '"',
          "`",
          ",",
          ":",
          "=>",
          "...",
          "null",
          "-1",
          "{}",
          "[]",
          "async",
          "when(",
        ),
      ),
      (at, length, text) => read(file, whole.slice(0, at) + text + whole.slice(at + length)),
    ),
    { numRuns: 150 },
  );
});

test.each(files)("%s cut off anywhere is read or refused", (file) => {
  const whole = processSources[file] ?? "";
  for (let length = 0; length < whole.length; length += 11) read(file, whole.slice(0, length));
});

test("any value in the place of any other is read or refused", () => {
  const whole = processSources["processes/close-deal.ts"] ?? "";
  const values = [...whole.matchAll(/"[^"]*"|\{ [^{}]* \}|\d+|true/g)];
  const others = [
    "null",
    "{}",
    "[]",
    '""',
    "1e999",
    "-0",
    "[{}]",
    '{ __proto__: "a" }',
    "x",
    "() => 1",
    "`a`",
    "text()",
    '["a", 1]',
  ];
  for (const [index, { 0: value, index: at }] of values.entries()) {
    const other = others[index % others.length] ?? "";
    read("processes/close-deal.ts", whole.slice(0, at) + other + whole.slice(at + value.length));
  }
});

test("what is nested without end is refused with a sentence", () => {
  const deep = (times: number) =>
    `import { parallel, process } from "gantry";\nexport default process("closeDeal", { steps: ${Array.from({ length: times }, (_, at) => `{ s${at}: parallel({ a: `).join("")}{}${" }) }".repeat(times)} });`;
  for (const times of [16, 17, 200, 5000]) {
    const sources = { ...processSources, "processes/close-deal.ts": deep(times) };
    const { problems } = readModel(sources);
    expectPlaced(problems, sources);
    if (times === 17) expect(problems.map(({ code }) => code)).toContain("too_deep");
  }
});
