import { expect, test } from "vitest";
import { sampleModel } from "../testing/sampleModel.ts";
import { type CanvasInput, relationshipEdges, resourceNodes } from "./canvasGraph.ts";
import { placeMissing } from "./positions.ts";

function input(change: Partial<CanvasInput> = {}): CanvasInput {
  const model = sampleModel();
  const positions = placeMissing(model, {}, null);
  return { model, positions, selection: null, problems: new Map(), unread: new Set(), ...change };
}

test("every resource is a picture, placed by its table", () => {
  const given = input();
  const nodes = resourceNodes(given, []);
  expect(nodes.map(({ id }) => id)).toEqual(["Customer", "Order", "Tag"]);
  expect(nodes[1]?.position).toEqual(given.positions.orders);
});

test("a picture whose resource, place and marks are the same is the same object", () => {
  const given = input();
  const before = resourceNodes(given, []);
  const selected = { ...given, selection: { kind: "attribute", resource: "Order", name: "stage" } as const };
  const after = resourceNodes(selected, before);
  expect(after[0]).toBe(before[0]);
  expect(after[2]).toBe(before[2]);
  expect(after[1]).not.toBe(before[1]);
  expect(after[1]?.data.part).toBe("stage");
});

test("moving one picture leaves the others alone", () => {
  const given = input();
  const before = resourceNodes(given, []);
  const after = resourceNodes({ ...given, positions: { ...given.positions, tags: { x: 5, y: 6 } } }, before);
  expect(after.map((node, index) => node === before[index])).toEqual([true, true, false]);
});

test("lines of the selected resource stand out, a selected relationship more so, from either side", () => {
  const model = sampleModel();
  const emphases = (edges: ReturnType<typeof relationshipEdges>) => edges.map((edge) => edge.data?.emphasis);
  expect(emphases(relationshipEdges(model, null))).toEqual(["none", "none", "none"]);
  expect(emphases(relationshipEdges(model, { kind: "resource", resource: "Tag" }))).toEqual([
    "none",
    "none",
    "neighbour",
  ]);
  expect(emphases(relationshipEdges(model, { kind: "relationship", resource: "Customer", name: "orders" }))).toEqual([
    "selected",
    "none",
    "none",
  ]);
});
