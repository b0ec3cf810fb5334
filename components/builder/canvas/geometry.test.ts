import { expect, test } from "vitest";
import { sampleModel } from "../testing/sampleModel.ts";
import { dividerHeight, edgeEnds, edgePath, headerHeight, nodeHeight, rowHeight, rowMiddle } from "./geometry.ts";

const box = (x: number, y: number) => ({ x, y, width: 240, height: 100 });
const rows = { from: 50, to: 18 };

test.each([
  ["to the right", box(400, 0), "right", "left"],
  ["to the left", box(-400, 0), "left", "right"],
  ["below, a little to the right", box(40, 300), "left", "left"],
  ["below, a little to the left", box(-40, 300), "right", "right"],
  ["the same picture", box(0, 0), "right", "right"],
] as const)("an edge to a picture %s leaves by the nearer sides", (_, to, fromSide, toSide) => {
  const ends = edgeEnds(box(0, 0), to, rows);
  expect([ends.from.side, ends.to.side]).toEqual([fromSide, toSide]);
  expect(ends.from.y).toBe(50);
  expect(ends.to.y).toBe(to.y + 18);
});

test("an edge starts and ends at its ends and turns where they face", () => {
  const ends = edgeEnds(box(0, 0), box(400, 200), rows);
  const { path, label } = edgePath(ends.from, ends.to, 2);
  expect(path.startsWith("M240 50H")).toBe(true);
  expect(path.endsWith("H400")).toBe(true);
  expect(label).toEqual({ x: 292, y: (50 + 218) / 2 });
});

test("lines of different lanes turn apart, and never beyond their ends", () => {
  const wide = edgeEnds(box(0, 0), box(400, 200), rows);
  const turns = [0, 1, 2, 3, 4].map((lane) => edgePath(wide.from, wide.to, lane).label.x);
  expect(new Set(turns).size).toBe(5);
  const narrow = edgeEnds(box(0, 0), box(290, 200), rows);
  for (const lane of [0, 4]) {
    const { label } = edgePath(narrow.from, narrow.to, lane);
    expect(label.x).toBeGreaterThan(240);
    expect(label.x).toBeLessThan(290);
  }
});

test("ends at one height are joined by one line", () => {
  const ends = edgeEnds(box(0, 0), box(400, 0), { from: 50, to: 50 });
  expect(edgePath(ends.from, ends.to).path).toBe("M240 50H400");
});

test("an edge to itself goes round outside", () => {
  const ends = edgeEnds(box(0, 0), box(0, 0), rows);
  const { label } = edgePath(ends.from, ends.to);
  expect(label.x).toBeGreaterThan(240);
});

test("a picture has a row for the key, each attribute and each relationship", () => {
  const [customer, order] = sampleModel().resources;
  if (!customer || !order) throw new Error("The sample has a customer and an order.");
  expect(nodeHeight(order) - nodeHeight(customer)).toBe(4 * rowHeight);
  expect(rowMiddle(order, null)).toBe(headerHeight / 2);
  expect(rowMiddle(order, "customer")).toBe(headerHeight + 4.5 * rowHeight);
  expect(rowMiddle(order, "tags")).toBe(headerHeight + 6.5 * rowHeight);
});

test("what is worked out and the states have rows of their own under a line", () => {
  const order = sampleModel().resources.find(({ name }) => name === "Order");
  if (!order) throw new Error("The sample has orders.");
  const calculation = { name: "doubled", type: { kind: "decimal" }, expression: "shippingCost * 2" } as const;
  const states = { attribute: "stage", transitions: [] };
  const more = { ...order, calculations: [calculation], states };
  expect(nodeHeight(more) - nodeHeight(order)).toBe(2 * rowHeight + dividerHeight);
});
