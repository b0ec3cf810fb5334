import { expect, test } from "vitest";
import { sampleModel } from "../testing/sampleModel.ts";
import { mirrorsOf, removalConsequences } from "./removal.ts";

test("removing a resource names every relationship that leads to it and every rule over that", () => {
  expect(removalConsequences(sampleModel(), { kind: "resource", resource: "Customer" })).toEqual([
    "The relationship Order.customer goes too.",
    "The rule that customer and orderedOn are unique together on Order goes too.",
  ]);
});

test("a resource that only refers to itself takes nothing along", () => {
  const model = sampleModel();
  const alone = { ...model, resources: model.resources.filter(({ name }) => name === "Order") };
  expect(removalConsequences(alone, { kind: "resource", resource: "Order" })).toEqual([]);
});

test("removing a relationship names its other side", () => {
  const model = sampleModel();
  expect(removalConsequences(model, { kind: "relationship", resource: "Customer", name: "orders" })).toEqual([
    "Its other side Order.customer goes too.",
  ]);
  expect(mirrorsOf(model, "Order", "tags")).toEqual([{ resource: "Tag", name: "orders" }]);
  expect(mirrorsOf(model, "Order", "replaces")).toEqual([]);
});

test("removing an attribute names the unique groups it is in", () => {
  const model = sampleModel();
  expect(removalConsequences(model, { kind: "attribute", resource: "Order", name: "orderedOn" })).toHaveLength(1);
  expect(removalConsequences(model, { kind: "attribute", resource: "Order", name: "stage" })).toEqual([]);
});
