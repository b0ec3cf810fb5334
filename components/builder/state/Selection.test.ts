import { expect, test } from "vitest";
import type { Model } from "#lib/model/types.ts";
import { sampleModel } from "../testing/sampleModel.ts";
import { followSelection, sameSelection, selectionOf } from "./Selection.ts";

function without(model: Model, resource: string, attribute?: string): Model {
  return {
    ...model,
    resources: model.resources.flatMap((one) => {
      if (one.name !== resource) return [one];
      if (attribute === undefined) return [];
      return [{ ...one, attributes: one.attributes.filter(({ name }) => name !== attribute) }];
    }),
  };
}

test("a part that is gone leaves its resource selected, a resource that is gone leaves nothing", () => {
  const model = sampleModel();
  const selection = { kind: "attribute", resource: "Order", name: "shippingCost" } as const;
  expect(followSelection(selection, model, model)).toBe(selection);
  expect(followSelection(selection, model, without(model, "Order", "shippingCost"))).toEqual({
    kind: "resource",
    resource: "Order",
  });
  expect(followSelection(selection, model, without(model, "Order"))).toBeNull();
});

test("renamed things stay selected, and so they do when the rename is undone", () => {
  const before = sampleModel();
  const after: Model = {
    ...before,
    resources: before.resources.map((one) => ({
      ...one,
      name: one.name === "Order" ? "Purchase" : one.name,
      attributes: one.attributes.map((each) => (each.name === "shippingCost" ? { ...each, name: "freight" } : each)),
    })),
  };
  const old = { kind: "attribute", resource: "Order", name: "shippingCost" } as const;
  const renamed = { kind: "attribute", resource: "Purchase", name: "freight" } as const;
  expect(followSelection(old, before, after)).toEqual(renamed);
  expect(followSelection(renamed, after, before)).toEqual(old);
});

test("a problem's path leads to the part it is about", () => {
  const model = sampleModel();
  expect(selectionOf(["Order", "attributes", "shippingCost", "min"], model)).toEqual({
    kind: "attribute",
    resource: "Order",
    name: "shippingCost",
  });
  expect(selectionOf(["Order", "relationships", "customer"], model)).toEqual({
    kind: "relationship",
    resource: "Order",
    name: "customer",
  });
  expect(selectionOf(["Order", "unique", "0"], model)).toEqual({ kind: "resource", resource: "Order" });
  expect(selectionOf([], model)).toBeNull();
});

test("selections are the same when they name the same thing", () => {
  expect(sameSelection(null, null)).toBe(true);
  expect(sameSelection({ kind: "resource", resource: "A" }, { kind: "resource", resource: "A" })).toBe(true);
  expect(sameSelection({ kind: "resource", resource: "A" }, { kind: "attribute", resource: "A", name: "x" })).toBe(
    false,
  );
  expect(
    sameSelection({ kind: "attribute", resource: "A", name: "x" }, { kind: "attribute", resource: "A", name: "y" }),
  ).toBe(false);
});

test("a calculation stays selected through its rename, and leaves its resource when it is gone", () => {
  const model = sampleModel();
  const withCalculations = (...names: readonly string[]) => ({
    ...model,
    resources: model.resources.map((resource) =>
      resource.name === "Order"
        ? {
            ...resource,
            calculations: names.map((name) => ({ name, type: { kind: "text" } as const, expression: "''" })),
          }
        : resource,
    ),
  });
  const selection = { kind: "calculation", resource: "Order", name: "net" } as const;
  const before = withCalculations("gross", "net");
  expect(followSelection(selection, before, before)).toBe(selection);
  expect(followSelection(selection, before, withCalculations("gross", "netAmount"))).toEqual({
    ...selection,
    name: "netAmount",
  });
  expect(followSelection(selection, before, withCalculations("gross"))).toEqual({
    kind: "resource",
    resource: "Order",
  });
  expect(selectionOf(["Order", "calculations", "net", "expression"], before)).toEqual(selection);
});
