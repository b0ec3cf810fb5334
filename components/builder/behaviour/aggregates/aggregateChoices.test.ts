import { expect, test } from "vitest";
import type { Model, Resource } from "#lib/model/types.ts";
import { sampleModel } from "../../testing/sampleModel.ts";
import { fittingFields, leadsToMany, likelyPaths, refitted, suggestedName } from "./aggregateChoices.ts";

const model: Model = sampleModel();

function resource(name: string): Resource {
  const found = model.resources.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
}

test("paths to many are offered, also those behind one record", () => {
  expect(likelyPaths(model, resource("Order"))).toEqual([["tags"], ["customer", "orders"], ["replaces", "tags"]]);
  expect(leadsToMany(model, resource("Order"), ["customer"])).toBe(false);
  expect(leadsToMany(model, resource("Order"), ["customer", "orders"])).toBe(true);
});

test("only fields that the function can work on are offered", () => {
  const customer = resource("Customer");
  expect(fittingFields(model, customer, { path: ["orders"], function: "sum" })).toEqual(["shippingCost"]);
  expect(fittingFields(model, customer, { path: ["orders"], function: "max" })).toContain("orderedOn");
});

test("another function keeps the field that fits and takes another where it does not", () => {
  const customer = resource("Customer");
  const latest = { name: "x", function: "max", path: ["orders"], field: "orderedOn" } as const;
  expect(refitted(model, customer, { ...latest, function: "min" }).field).toBe("orderedOn");
  expect(refitted(model, customer, { ...latest, function: "sum" }).field).toBe("shippingCost");
  expect(refitted(model, customer, { ...latest, function: "count" })).not.toHaveProperty("field");
});

test("a name is suggested that says what it is", () => {
  const customer = resource("Customer");
  expect(suggestedName(customer, { function: "count", path: ["orders"] })).toBe("ordersCount");
  expect(suggestedName(customer, { function: "sum", path: ["orders"], field: "shippingCost" })).toBe(
    "ordersShippingCostSum",
  );
  expect(suggestedName(customer, { function: "exists", path: ["orders"] })).toBe("hasOrders");
});
