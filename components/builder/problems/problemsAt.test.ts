import { expect, test } from "vitest";
import type { Problem } from "#lib/model/Problem.ts";
import { errorCounts, problemsAt, problemsBeside, problemsWithin } from "./problemsAt.ts";

const start = { offset: 0, line: 1, column: 1 };

function problem(...path: string[]): Problem {
  return { code: "x", severity: "error", message: path.join("."), file: "f", range: { start, end: start }, path };
}

const problems = [
  problem(),
  problem("Order"),
  problem("Order", "attributes", "freight"),
  problem("Order", "attributes", "freight", "min"),
  problem("Order", "attributes", "freightCode"),
];

const messages = (found: readonly Problem[]) => found.map(({ message }) => message);

test("a place has its own problems and those within it, not those of its neighbours", () => {
  expect(messages(problemsAt(problems, ["Order", "attributes", "freight"]))).toEqual(["Order.attributes.freight"]);
  expect(messages(problemsWithin(problems, ["Order", "attributes", "freight"]))).toEqual([
    "Order.attributes.freight",
    "Order.attributes.freight.min",
  ]);
});

test("what no field shows is shown for the whole", () => {
  const path = ["Order", "attributes", "freight"];
  expect(messages(problemsBeside(problems, path, new Set(["min"])))).toEqual(["Order.attributes.freight"]);
  expect(messages(problemsBeside(problems, path, new Set(["max"])))).toHaveLength(2);
});

test("resources know how many errors they have", () => {
  const warning = { ...problem("Order"), severity: "warning" } as const;
  expect(errorCounts([...problems, warning])).toEqual(new Map([["Order", 4]]));
});
