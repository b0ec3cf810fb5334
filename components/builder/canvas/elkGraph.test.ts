import ELK from "elkjs/lib/elk.bundled.js";
import { expect, test } from "vitest";
import { sampleModel } from "../testing/sampleModel.ts";
import { elkGraph, elkPositions } from "./elkGraph.ts";
import { nodeWidth } from "./geometry.ts";

test("the layout engine takes the graph and places every resource, owners to the right of what belongs to them", async () => {
  const model = sampleModel();
  const positions = elkPositions(await new ELK().layout(elkGraph(model)));
  expect(Object.keys(positions).sort()).toEqual(model.resources.map(({ table }) => table).sort());
  expect(positions.customers?.x).toBeGreaterThanOrEqual((positions.orders?.x ?? 0) + nodeWidth);
});

test("loops and relationships that lead nowhere are left out", () => {
  const model = sampleModel();
  const graph = elkGraph({ ...model, resources: model.resources.filter(({ name }) => name !== "Tag") });
  expect(graph.edges?.map(({ id }) => id)).toEqual(["Order.customer"]);
});
