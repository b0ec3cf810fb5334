import * as fc from "fast-check";

const counts = ["", "", "*", "+", "?", "{2}", "{1,3}", "{2,}", "{0,2}", "|"];

const atoms = [
  "a",
  "b",
  "\\.",
  ".",
  "[ab]",
  "[^a]",
  "[a-c]",
  "\\n",
  "é",
  "🙂",
  "[🙂b-]",
  "[-a]",
  "[.\\]]",
  "\\u00e9",
  "\\(",
  "-",
  "[^\\n]",
  "\\\\",
  "[\\\\b]",
  " ",
];

/** Patterns of the subset over a small alphabet, so that values often match. */
export const patterns: fc.Arbitrary<string> = fc.letrec<{ node: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...atoms) },
    { weight: 1, arbitrary: tie("node").map((node) => `(${node})`) },
    { weight: 1, arbitrary: tie("node").map((node) => `(?:${node})`) },
  ),
  node: fc
    .array(
      fc.tuple(tie("atom"), fc.constantFrom(...counts)).map((parts) => parts.join("")),
      { minLength: 1, maxLength: 4 },
    )
    .map((parts) => parts.join("")),
})).node;

export const values: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom("a", "b", "c", ".", "\n", "é", "🙂", "-", "\\", "]", "("),
  maxLength: 8,
});
