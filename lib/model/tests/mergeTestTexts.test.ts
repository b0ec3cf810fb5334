import { expect, test } from "vitest";
import { mergeSources } from "../merge/mergeSources.ts";
import { readTestFiles } from "./readTestFiles.ts";

const config = { "gantry.config.ts": 'import { app } from "gantry";\n\nexport default app({ name: "A" });\n' };

/** A file of tests by their names: what each lists. */
function file(tests: Readonly<Record<string, string>>) {
  const listed = Object.entries(tests).map(
    ([name, where]) =>
      `  // ${name}\n  test("${name}", { as: service(), do: read("Deal", { where: "${where}" }), expect: rows([]) }),\n`,
  );
  const text = `import { read, rows, service, test, tests } from "gantry";\n\nexport default tests([\n${listed.join("")}]);\n`;
  return { ...config, "tests/deals.ts": text };
}

test("tests of both sides stand beside each other, each as its side has it", () => {
  const base = file({ one: "a", two: "b", three: "c" });
  const { sources, conflicts } = mergeSources({
    base,
    mine: file({ one: "a > 1", two: "b", mine: "d" }),
    theirs: file({ one: "a", two: "b > 1", three: "c", theirs: "e" }),
  });
  expect(conflicts).toEqual([]);
  const text = sources["tests/deals.ts"] ?? "";
  const [read] = readTestFiles(sources).files;
  expect(read?.tests.map(({ name, do: deed }) => [name, "where" in deed && deed.where])).toEqual([
    ["one", "a > 1"],
    ["two", "b > 1"],
    ["theirs", "e"],
    ["mine", "d"],
  ]);
  expect(text).toContain("// theirs");
});

test("a test that both sides changed is a conflict of the file", () => {
  const base = file({ one: "a" });
  const sides = { base, mine: file({ one: "b" }), theirs: file({ one: "c" }) };
  const { sources, conflicts } = mergeSources(sides);
  expect(conflicts.map(({ path }) => path)).toEqual([["tests/deals.ts"]]);
  expect(sources["tests/deals.ts"]).toBe(sides.mine["tests/deals.ts"]);
});
