import { expect, test } from "vitest";
import { sampleModel } from "../testing/sampleModel.ts";
import { keepPositions, type Positions, placeMissing, positionsKey, readPositions, rectangleOf } from "./positions.ts";

function rectangles(positions: Positions) {
  return sampleModel().resources.flatMap((resource) => {
    const position = positions[resource.table];
    return position ? [rectangleOf(resource, position)] : [];
  });
}

function expectApart(positions: Positions) {
  const all = rectangles(positions);
  for (const [index, a] of all.entries()) {
    for (const b of all.slice(index + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(apart).toBe(true);
    }
  }
}

test("every resource gets a place and none covers another", () => {
  const placed = placeMissing(sampleModel(), {}, null);
  expect(rectangles(placed)).toHaveLength(3);
  expectApart(placed);
});

test("what stands stays, and a new one goes near where one looks", () => {
  const kept = { customers: { x: 0, y: 0 }, orders: { x: 400, y: 0 } };
  const placed = placeMissing(sampleModel(), kept, { x: 20, y: 10 });
  expect(placed).toMatchObject(kept);
  expectApart(placed);
  expect(Math.hypot(placed.tags?.x ?? 9999, placed.tags?.y ?? 9999)).toBeLessThan(600);
});

test("with nothing missing the positions are the same object", () => {
  const placed = placeMissing(sampleModel(), {}, null);
  expect(placeMissing(sampleModel(), placed, { x: 0, y: 0 })).toBe(placed);
});

test("positions are kept for a project, and nonsense is no position", () => {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
  keepPositions(storage, "p", { orders: { x: 1, y: 2 } });
  expect(readPositions(storage, "p")).toEqual({ orders: { x: 1, y: 2 } });
  items.set(positionsKey("p"), '{"orders":{"x":"1","y":2},"tags":{"x":1,"y":2}}');
  expect(readPositions(storage, "p")).toEqual({ tags: { x: 1, y: 2 } });
  items.set(positionsKey("p"), "nonsense");
  expect(readPositions(storage, "p")).toEqual({});
});

test("a new resource stands where it can get attributes without covering others", () => {
  const model = sampleModel();
  const [customer, order] = model.resources;
  if (!customer || !order) throw new Error("The sample has resources.");
  const bare = { ...order, attributes: [], relationships: [] };
  const stands = { [customer.table]: { x: 0, y: 0 } };
  const placed = placeMissing({ ...model, resources: [customer, bare] }, stands, { x: 0, y: 0 })[order.table];
  expect(placed && (placed.x >= 240 || placed.y > 0 || placed.y <= -260)).toBe(true);
});
