import { expect, test } from "vitest";
import { select } from "./selection.ts";

test("without a path both runners run everything", () => {
  expect(select([])).toEqual({ vitest: [], playwright: [] });
});

test("a path of the library leaves the browser out", () => {
  expect(select(["lib/model", "lib/sql"])).toEqual({ vitest: ["lib/model", "lib/sql"], playwright: undefined });
});

test("a path below tests/e2e leaves vitest out", () => {
  expect(select(["./tests/e2e/first.test.ts"])).toEqual({
    vitest: undefined,
    playwright: ["./tests/e2e/first.test.ts"],
  });
});

test("options go to whoever runs, with their values", () => {
  expect(select(["lib/model", "-t", "a name"])).toEqual({
    vitest: ["lib/model", "-t", "a name"],
    playwright: undefined,
  });
});
