import { tests } from "@bufbuild/cel-spec/testdata/conformance.js";
import { describe, expect, test } from "vitest";
import { type ConformanceCase, casesOf } from "./ConformanceCase.ts";
import { runCase } from "./runCase.ts";
import { skippedCases } from "./skippedCases.ts";

/** The suites that are about what expressions here have too. */
const suites: ReadonlySet<string> = new Set([
  "basic",
  "comparisons",
  "conversions",
  "fields",
  "fp_math",
  "integer_math",
  "lists",
  "logic",
  "macros",
  "macros2",
  "math_ext",
  "namespace",
  "parse",
  "plumbing",
  "string",
  "string_ext",
  "timestamps",
]);

const cases = new Map<string, ConformanceCase>(
  (tests.suites ?? []).filter(({ name }) => suites.has(name)).flatMap((suite) => [...casesOf(suite)]),
);

/** The cases that an entry of the list names. */
function named(entry: string): readonly string[] {
  if (!entry.endsWith("*")) return cases.has(entry) ? [entry] : [];
  return [...cases.keys()].filter((name) => name.startsWith(entry.slice(0, -1)));
}

const skipped = Object.values(skippedCases).flatMap((entries) => entries.flatMap(named));

test("the suites are there", () => {
  expect(new Set([...cases.keys()].map((name) => name.split("/")[0]))).toEqual(suites);
  expect(cases.size).toBeGreaterThan(1600);
});

test("every case that is not skipped comes out as CEL says", () => {
  const isSkipped = new Set(skipped);
  const wrong = [...cases].filter(([name]) => !isSkipped.has(name)).map(([name, one]) => [name, runCase(one)]);
  expect(wrong.filter(([, outcome]) => outcome !== null)).toEqual([]);
});

describe("the list of skips is exact", () => {
  test("each entry names cases, and no case stands there twice", () => {
    const entries = Object.values(skippedCases).flat();
    expect(entries.filter((entry) => named(entry).length === 0)).toEqual([]);
    expect(skipped).toHaveLength(new Set(skipped).size);
  });

  test("none of them would pass", () => {
    const passing = skipped.filter((name) => {
      const one = cases.get(name);
      return one !== undefined && runCase(one) === null;
    });
    expect(passing).toEqual([]);
  });
});
