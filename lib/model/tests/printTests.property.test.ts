import * as fc from "fast-check";
import { expect, test } from "vitest";
import { testSeed } from "#tests/support/testSeed.ts";
import { roughen } from "../testing/roughen.ts";
import { editTests } from "./editTests.ts";
import { printTests } from "./printTests.ts";
import { readTestFiles } from "./readTestFiles.ts";
import { drawTests } from "./testing/arbitraryTests.ts";

const path = "tests/any.ts";

function said(text: string) {
  const { files, problems } = readTestFiles({ [path]: text });
  expect(problems).toEqual([]);
  const { name: _name, ...content } = files[0] ?? { name: "", tests: [] };
  return content;
}

test("tests read back as they were printed", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const file = drawTests(draw);
      const printed = printTests(file);
      expect(said(printed)).toEqual(file);
      expect(printTests(said(printed))).toBe(printed);
    }),
    { numRuns: 60, seed: testSeed },
  );
});

test("however they are written, an edit makes them say what they shall", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const [before, after] = [drawTests(draw), drawTests(draw)];
      const text = roughen(draw, printTests(before));
      expect(said(text)).toEqual(before);
      expect(editTests(path, text, { before, after: before })).toBe(text);
      expect(said(editTests(path, text, { before, after }))).toEqual(after);
    }),
    { numRuns: 30, seed: testSeed },
  );
});
