import { expect, test } from "vitest";
import { neighbour } from "./neighbour.ts";

const placed = (id: string, x: number, y: number) => ({ id, centre: { x, y } });
const here = placed("here", 0, 0);
const others = [
  here,
  placed("right", 300, 20),
  placed("far", 900, 0),
  placed("below", 30, 200),
  placed("left", -300, 0),
];

test.each([
  ["ArrowRight", "right"],
  ["ArrowLeft", "left"],
  ["ArrowDown", "below"],
  ["ArrowUp", null],
] as const)("%s leads to the nearest one there", (key, expected) => {
  expect(neighbour(here, others, key)).toBe(expected);
});

test("one straight ahead is taken before a nearer one aside", () => {
  expect(neighbour(here, [placed("aside", 150, 180), placed("ahead", 400, 0)], "ArrowRight")).toBe("ahead");
});
