import { describe, expect, test } from "vitest";
import type { Model } from "../../model/types.ts";
import { aLink, aModel, anAttribute, aResource, aText } from "./fixtures.ts";
import { modelToSchema } from "./modelToSchema.ts";
import { planSchema } from "./planSchema.ts";

const shop: Model = aModel(
  aResource("Customer", { key: aText("id", { column: "customer_id", required: true, unique: true }) }),
  aResource("Order", {
    key: anAttribute("id", { kind: "integer" }, { column: "order_id", required: true, default: { kind: "generated" } }),
    attributes: [
      anAttribute("shippingCost", { kind: "decimal", precision: 14, scale: 2 }, { column: "freight", min: "0" }),
      anAttribute("weight", { kind: "decimal" }, { default: { kind: "literal", value: "0.50" } }),
      anAttribute("orderedOn", { kind: "date" }, { column: "ordered_on", default: { kind: "today" } }),
      anAttribute(
        "stage",
        {
          kind: "choice",
          options: [
            { name: "open", stored: "O" },
            { name: "shipped", stored: "it's \\ S" },
          ],
        },
        { required: true, default: { kind: "literal", value: "shipped" } },
      ),
      aText("number", { required: true, unique: true, maxLength: 20, pattern: "[A-Z]+" }),
      anAttribute("isGift", { kind: "boolean" }, { column: "is_gift", default: { kind: "literal", value: false } }),
      anAttribute("total", { kind: "bigint" }),
      anAttribute("details", { kind: "json" }, { default: { kind: "literal", value: { b: [1], a: null } } }),
      anAttribute("token", { kind: "uuid" }, { default: { kind: "uuid" } }),
      anAttribute(
        "createdAt",
        { kind: "timestamp" },
        { column: "created_at", required: true, default: { kind: "now" } },
      ),
    ],
    relationships: [
      aLink("customer", "Customer", { required: true }),
      aLink("replaces", "Order", { unique: true, onDelete: "setNull" }),
      {
        kind: "manyToMany",
        name: "tags",
        target: "Tag",
        table: "order_tags",
        sourceColumn: "order_id",
        targetColumn: "tag_id",
        owner: true,
      },
    ],
    uniques: [["customer", "orderedOn"]],
    indexes: [
      {
        fields: [
          { name: "stage", descending: false },
          { name: "createdAt", descending: true },
        ],
      },
      {
        fields: [
          { name: "stage", descending: false },
          { name: "createdAt", descending: true },
        ],
      },
    ],
  }),
  aResource("Tag", {
    relationships: [
      {
        kind: "manyToMany",
        name: "orders",
        target: "Order",
        table: "order_tags",
        sourceColumn: "tag_id",
        targetColumn: "order_id",
        inverse: "tags",
        owner: false,
      },
    ],
  }),
);

describe("the tables of a model", () => {
  test("are written down as this SQL", async () => {
    const plan = planSchema({ tables: [] }, modelToSchema(shop));
    const text = plan.steps.map(({ sentence, sql }) => `-- ${sentence}\n${sql};\n`).join("\n");
    await expect(text).toMatchFileSnapshot("../../../tests/golden/files/schema/shop.sql");
    expect(plan.refusals).toEqual([]);
    expect(plan.questions).toEqual([]);
  });

  test("do not depend on the order of the resources", () => {
    expect(modelToSchema({ ...shop, resources: shop.resources.toReversed() })).toEqual(modelToSchema(shop));
  });

  test("index each foreign key once, and none that already leads an index", () => {
    const orders = modelToSchema(shop).tables.find((table) => table.name === "orders");
    const leading = orders?.indexes.map((index) => index.columns[0]?.name);
    expect(leading?.filter((name) => name === "customer_id")).toHaveLength(1);
    expect(leading?.filter((name) => name === "replaces_id")).toHaveLength(1);
  });

  test("leave a decimal unlimited where PostgreSQL would round silently", () => {
    const model = aModel(aResource("A", { attributes: [anAttribute("x", { kind: "decimal", precision: 10 })] }));
    expect(modelToSchema(model).tables[0]?.columns[1]?.type).toEqual({ kind: "numeric", limits: null });
  });
});

describe("the names of indexes and constraints", () => {
  const long = "ü".repeat(31);

  test("are cut to 63 bytes between characters, with a hash that keeps them apart", () => {
    const attributes = ["one", "two"].map((name) => aText(name, { column: `${long}${name.at(0)}`, unique: true }));
    const [table] = modelToSchema(aModel(aResource("A", { table: long, attributes }))).tables;
    const names = table?.indexes.map((index) => index.name) ?? [];
    expect(new Set(names).size).toBe(2);
    for (const name of names) {
      expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(63);
      expect(name).toMatch(/^ü+_[0-9a-f]{8}_key$/);
    }
  });

  test("differ where their parts would join to the same text, and from every table", () => {
    const schema = modelToSchema(
      aModel(
        aResource("A", { table: "a", attributes: [aText("x", { column: "b_c", unique: true })] }),
        aResource("B", { table: "a_b", attributes: [aText("x", { column: "c", unique: true })] }),
        aResource("C", { table: "a_b_c_key" }),
      ),
    );
    const names = schema.tables.flatMap((table) => [
      table.name,
      table.primaryKey.name,
      ...table.indexes.map((index) => index.name),
    ]);
    expect(new Set(names).size).toBe(names.length);
  });
});
