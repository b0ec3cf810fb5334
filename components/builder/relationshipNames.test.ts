import { expect, test } from "vitest";
import {
  partNameProblem,
  resourceNameProblem,
  suggestInverseName,
  suggestRelationshipName,
} from "./relationshipNames.ts";
import { sampleModel } from "./testing/sampleModel.ts";

const model = sampleModel();

function order() {
  const found = model.resources.find(({ name }) => name === "Order");
  if (!found) throw new Error("The sample has an order.");
  return found;
}

test("a relationship is named after where it leads, in the number that fits, and never as another", () => {
  expect(suggestRelationshipName(model, "Tag", "Customer", "belongsTo")).toBe("customer");
  expect(suggestRelationshipName(model, "Tag", "Customer", "manyToMany")).toBe("customers");
  expect(suggestRelationshipName(model, "Order", "Customer", "belongsTo")).toBe("customer2");
});

test("the other side is named after where it comes from, and differs from this side on the same resource", () => {
  expect(suggestInverseName(model, { source: "Tag", target: "Customer", own: "customer", kind: "belongsTo" })).toBe(
    "tags",
  );
  expect(suggestInverseName(model, { source: "Order", target: "Customer", own: "customer2", kind: "belongsTo" })).toBe(
    "orders2",
  );
  expect(suggestInverseName(model, { source: "Order", target: "Order", own: "orders", kind: "belongsTo" })).toBe(
    "orders2",
  );
  expect(suggestInverseName(model, { source: "Tag", target: "Customer", own: "customer", kind: "oneToOne" })).toBe(
    "tag",
  );
});

test("names of parts are checked as they are typed", () => {
  expect(partNameProblem(order(), "carrier")).toBeNull();
  expect(partNameProblem(order(), "stage")).toMatch(/already/);
  expect(partNameProblem(order(), "stage", "stage")).toBeNull();
  expect(partNameProblem(order(), "customerId")).toMatch(/already/);
  expect(partNameProblem(order(), "id")).toMatch(/key of every record/);
  expect(partNameProblem(order(), "Ship name")).toMatch(/shipName/);
});

test("names of resources are checked as they are typed", () => {
  expect(resourceNameProblem(model, "Invoice")).toBeNull();
  expect(resourceNameProblem(model, "order")).toMatch(/capital/);
  expect(resourceNameProblem(model, "Order")).toMatch(/already/);
  expect(resourceNameProblem(model, "Order", "Order")).toBeNull();
  expect(resourceNameProblem(model, "Query")).toMatch(/GraphQL/);
});
