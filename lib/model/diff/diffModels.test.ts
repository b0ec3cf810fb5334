import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeModel } from "../commands/changeModel.ts";
import type { ModelCommand } from "../commands/ModelCommand.ts";
import { readModel } from "../read/readModel.ts";
import { drawModel } from "../testing/arbitraryModel.ts";
import { describeChange } from "./describeChange.ts";
import { diffModels } from "./diffModels.ts";

const { draft: shop } = readModel({
  "gantry.config.ts": `import { app } from "gantry"; export default app({ name: "Shop" });`,
  "domain/customer.ts": `import { hasMany, resource, text } from "gantry";
    export default resource("Customer", { attributes: { name: text() }, relationships: { orders: hasMany("Order", { via: "customer" }) } });`,
  "domain/order.ts": `import { belongsTo, choice, decimal, integer, manyToMany, resource } from "gantry";
    export default resource("Order", {
      attributes: { freight: decimal(), count: integer(), stage: choice(["open", "shipped"], { default: "open" }) },
      relationships: { customer: belongsTo("Customer"), tags: manyToMany("Tag") },
      unique: [["customer", "freight"]],
      indexes: [["stage", "-freight"]],
    });`,
  "domain/tag.ts": `import { manyToMany, resource } from "gantry";
    export default resource("Tag", { attributes: {}, relationships: { orders: manyToMany("Order", { via: "tags" }) } });`,
});

describe("each command is told as what it means, and nothing else is", () => {
  const order = { resource: "Order" } as const;
  const text = { kind: "text" } as const;
  const cases: readonly [ModelCommand, readonly string[]][] = [
    [{ type: "setApp", name: "Store" }, ["The app is now called Store"]],
    [{ type: "addResource", name: "Invoice" }, ["Invoice is new"]],
    [
      { type: "removeResource", resource: "Tag" },
      ["Tag is removed; its rows stay in the database", "Order.tags is removed"],
    ],
    [{ type: "renameResource", resource: "Order", to: "Purchase" }, ["Order is now called Purchase"]],
    [
      { type: "renameAttribute", ...order, attribute: "freight", to: "shippingCost" },
      ["Order.freight is now called shippingCost"],
    ],
    [
      {
        type: "addAttribute",
        resource: "Customer",
        name: "preferred",
        options: { type: { kind: "boolean" }, required: true, default: { kind: "literal", value: false } },
      },
      ["Customer has a new required boolean, preferred, false by default"],
    ],
    [
      { type: "removeAttribute", ...order, attribute: "count" },
      ["Order.count is removed; its values stay in the database"],
    ],
    [
      { type: "setAttribute", ...order, attribute: "count", options: { required: true, min: "0" } },
      ["Order.count is now required", "Order.count is now at least 0"],
    ],
    [
      { type: "setAttribute", ...order, attribute: "count", options: { type: text, maxLength: 9 } },
      ["Order.count is now text; it was an integer", "Order.count now has at most 9 characters"],
    ],
    [
      {
        type: "setAttribute",
        ...order,
        attribute: "freight",
        options: { type: { kind: "decimal", precision: 14, scale: 2 } },
      },
      ["Order.freight is now a decimal of 14 digits, 2 after the point; it was a decimal"],
    ],
    [
      { type: "moveAttribute", ...order, attribute: "stage", before: "freight" },
      ["The attributes of Order stand in another order"],
    ],
    [
      { type: "renameChoice", ...order, attribute: "stage", option: "open", to: "placed" },
      ["The option open of Order.stage is now called placed"],
    ],
    [
      { type: "renameRelationship", ...order, relationship: "customer", to: "buyer" },
      ["Order.customer is now called buyer"],
    ],
    [{ type: "renameRelationship", ...order, relationship: "tags", to: "labels" }, ["Order.tags is now called labels"]],
    [
      { type: "setRelationship", ...order, relationship: "customer", required: true, onDelete: "cascade" },
      ["Order.customer is now required", "Order is now deleted along with what Order.customer leads to"],
    ],
    [
      { type: "removeRelationship", ...order, relationship: "customer" },
      [
        "Customer.orders is removed",
        "Order.customer is removed",
        "customer and freight together need no longer be unique in Order",
      ],
    ],
    [
      { type: "addBelongsTo", resource: "Tag", name: "parent", target: "Tag", inverse: "children", required: true },
      ["Tag now belongs to Tag as parent, and must have one", "Tag now has many Tag as children"],
    ],
    [
      { type: "addManyToMany", resource: "Customer", name: "tags", target: "Tag" },
      ["Customer now has many Tag as tags, and they have many of it"],
    ],
    [
      { type: "setResource", ...order, actions: ["read"], describe: "Bought." },
      [
        "Order now has a description",
        "Order can no longer be created",
        "Order can no longer be updated",
        "Order can no longer be destroyed",
      ],
    ],
    [
      { type: "setResource", ...order, uniques: [], indexes: [{ fields: [{ name: "stage", descending: false }] }] },
      [
        "customer and freight together need no longer be unique in Order",
        "Order is no longer indexed by stage and freight descending",
        "Order is now indexed by stage",
      ],
    ],
  ];
  test.each(cases)("%j", (command, sentences) => {
    const after = changeModel(shop, command).model;
    expect(diffModels(shop, after).map(describeChange)).toEqual(sentences);
  });
});

test("two readings of the same model do not differ", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const model = drawModel(draw);
      expect(diffModels(model, structuredClone(model))).toEqual([]);
    }),
    { numRuns: 100, endOnFailure: true },
  );
});

test("every change has a sentence and a path", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const [before, after] = [drawModel(draw), drawModel(draw)];
      for (const change of diffModels(before, after)) {
        expect(describeChange(change)).toMatch(/\S \S/);
        expect(change.path.length).toBeGreaterThan(0);
      }
      expect(diffModels(before, after).length === 0).toBe(JSON.stringify(before) === JSON.stringify(after));
    }),
    { numRuns: 100, endOnFailure: true },
  );
});
