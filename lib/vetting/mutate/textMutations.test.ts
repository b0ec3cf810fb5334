import { expect, test } from "vitest";
import { textMutations } from "./textMutations.ts";

test("comparisons, connectives, negations and whole numbers are changed one by one, texts and names are not", () => {
  expect(textMutations("!(a <= 5 && b == '< 5 && x')").map(({ text }) => text)).toEqual([
    "(a <= 5 && b == '< 5 && x')",
    "!(a < 5 && b == '< 5 && x')",
    "!(a <= 6 && b == '< 5 && x')",
    "!(a <= 5 || b == '< 5 && x')",
    "!(a <= 5 && b != '< 5 && x')",
  ]);
  expect(textMutations("line2.name")).toEqual([]);
});
