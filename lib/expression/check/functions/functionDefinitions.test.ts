import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { functionDefinitions } from "./functionDefinitions.ts";

const page = readFileSync(new URL("../../../../docs/concepts/expressions.md", import.meta.url), "utf8");

test("every function is in the documents", () => {
  const written = new Set([...page.matchAll(/`(\w+)/g)].map(([, name]) => name));
  expect(functionDefinitions.flatMap(({ names }) => names).filter((name) => !written.has(name))).toEqual([]);
});

test("no name has two meanings", () => {
  const names = functionDefinitions.flatMap((definition) => definition.names);
  expect(new Set(names).size).toBe(names.length);
});
