import { expect, test } from "vitest";
import { findInModel } from "./findInModel.ts";
import { sampleModel } from "./testing/sampleModel.ts";

const names = (typed: string, limit?: number) =>
  findInModel(sampleModel(), typed, limit).map(({ selection, name }) =>
    selection.kind === "resource" ? name : `${selection.resource}.${name}`,
  );

test("with nothing typed all resources are offered", () => {
  expect(names("")).toEqual(["Customer", "Order", "Tag"]);
});

test("resources come before attributes, beginnings before middles", () => {
  expect(names("o")).toEqual(["Order", "Customer", "Order.orderedOn", "Customer.companyName", "Order.shippingCost"]);
  expect(names("company")).toEqual(["Customer.companyName"]);
});

test("a resource's name narrows its attributes", () => {
  expect(names("order sta")).toEqual(["Order.stage"]);
  expect(names("order.stage")).toEqual(["Order.stage"]);
  expect(names("customer stage")).toEqual([]);
});

test("only so many are found", () => {
  expect(names("o", 2)).toEqual(["Order", "Customer"]);
});
