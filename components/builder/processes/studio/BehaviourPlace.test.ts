import { expect, test } from "vitest";
import { type BehaviourPlace, partsOf, placeOf, placeOfProblem } from "./BehaviourPlace.ts";

const places: readonly BehaviourPlace[] = [
  { kind: "overview" },
  { kind: "runs" },
  { kind: "runs", run: "7" },
  { kind: "functions" },
  { kind: "functions", name: "vat" },
  { kind: "process", name: "escalate", view: "flow" },
  { kind: "process", name: "escalate", view: "try" },
  { kind: "process", name: "escalate", view: "runs" },
];

test.each(places)("the address of %j leads back to it", (place) => {
  expect(placeOf(partsOf(place))).toEqual(place);
});

test("other addresses lead nowhere", () => {
  for (const parts of [["x"], ["processes"], ["processes", "a", "b"], ["runs", "1", "2"], ["functions", "a", "b"]]) {
    expect(placeOf(parts)).toBeNull();
  }
});

test("problems are mended where their thing is shown", () => {
  expect(placeOfProblem(["processes", "a", "steps", "b"])).toEqual({ kind: "process", name: "a", view: "flow" });
  expect(placeOfProblem(["Order", "attributes"])).toBeNull();
});
