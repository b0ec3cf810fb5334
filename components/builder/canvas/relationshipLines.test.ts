import { expect, test } from "vitest";
import { sampleModel } from "../testing/sampleModel.ts";
import { relationshipLines } from "./relationshipLines.ts";

test("each pair is one line that knows both names and how many are at each end", () => {
  const lines = relationshipLines(sampleModel());
  expect(lines.map(({ id }) => id)).toEqual(["Order.customer", "Order.replaces", "Order.tags"]);
  expect(lines[0]).toMatchObject({
    from: { resource: "Order", relationship: "customer", multiplicity: "many" },
    to: { resource: "Customer", relationship: "orders", multiplicity: "one" },
    sentence: "Order belongs to Customer as customer; Customer has many Order as orders",
  });
  expect(lines[1]).toMatchObject({
    from: { resource: "Order" },
    to: { resource: "Order", relationship: null, multiplicity: "zeroOrOne" },
  });
  expect(lines[2]).toMatchObject({
    from: { relationship: "tags", multiplicity: "many" },
    to: { resource: "Tag", relationship: "orders", multiplicity: "many" },
  });
});

test("a relationship that leads nowhere has no line", () => {
  const model = sampleModel();
  const orders = model.resources.filter(({ name }) => name === "Order");
  expect(relationshipLines({ ...model, resources: orders }).map(({ id }) => id)).toEqual(["Order.replaces"]);
});
