import { beforeAll, describe, expect, test } from "vitest";
import { printSources } from "#lib/model/print/printSources.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import { northwind, sourceDatabase } from "../testing/sourceDatabase.ts";
import type { Inference } from "./inferModel.ts";
import { inferModel } from "./inferModel.ts";

let inference: Inference;
let sources: Sources;

beforeAll(async () => {
  await using source = await sourceDatabase(await northwind());
  inference = inferModel(await source.catalog(), "Northwind");
  sources = printSources(inference.model);
});

describe("Northwind", () => {
  test("becomes sources that read back as the same model, without a problem", () => {
    const read = readModel(sources);
    expect(read.problems).toEqual([]);
    expect(read.model).toEqual(inference.model);
  });

  test("every table is in the report", () => {
    const outcomes = inference.report.tables.map(({ table, outcome, resource }) => [table, outcome, resource]);
    expect(outcomes).toEqual([
      ["categories", "resource", "Category"],
      ["customer_customer_demo", "relationship", "Customer"],
      ["customer_demographics", "resource", "CustomerDemographic"],
      ["customers", "resource", "Customer"],
      ["employee_territories", "relationship", "Employee"],
      ["employees", "resource", "Employee"],
      ["order_details", "resource", "OrderDetail"],
      ["orders", "resource", "Order"],
      ["products", "resource", "Product"],
      ["region", "resource", "Region"],
      ["shippers", "resource", "Shipper"],
      ["suppliers", "resource", "Supplier"],
      ["territories", "resource", "Territory"],
      ["us_states", "resource", "UsState"],
    ]);
  });

  test("columns that are not taken are named", () => {
    const lost = inference.report.tables.flatMap(({ notes }) =>
      notes.filter(({ message }) => message.includes("not taken")),
    );
    expect(lost.map(({ about }) => about)).toEqual(["picture", "photo"]);
  });

  test("keys, names, references and lengths are carried over", () => {
    expect(
      sources["domain/order.ts"],
    ).toBe(`import { belongsTo, date, decimal, generated, hasMany, integer, resource, text } from "gantry";

export default resource("Order", {
  key: integer({ column: "order_id", default: generated() }),
  attributes: {
    orderDate: date(),
    requiredDate: date(),
    shippedDate: date(),
    freight: decimal(),
    shipName: text({ maxLength: 40 }),
    shipAddress: text({ maxLength: 60 }),
    shipCity: text({ maxLength: 15 }),
    shipRegion: text({ maxLength: 15 }),
    shipPostalCode: text({ maxLength: 10 }),
    shipCountry: text({ maxLength: 15 }),
  },
  relationships: {
    customer: belongsTo("Customer"),
    employee: belongsTo("Employee"),
    shipVia: belongsTo("Shipper", { column: "ship_via" }),
    orderDetails: hasMany("OrderDetail", { via: "order" }),
  },
});
`);
  });

  test("a key of two columns with more beside them becomes a UUID and a rule that both are unique together", () => {
    expect(sources["domain/order-detail.ts"]).toBe(`import { belongsTo, decimal, integer, resource } from "gantry";

export default resource("OrderDetail", {
  attributes: {
    unitPrice: decimal({ required: true }),
    quantity: integer({ required: true }),
    discount: decimal({ required: true }),
  },
  relationships: {
    order: belongsTo("Order", { required: true }),
    product: belongsTo("Product", { required: true }),
  },
  unique: [["order", "product"]],
});
`);
  });

  test("the reference to oneself has both sides, and pairs of references are many-to-many", () => {
    const employee = inference.model.resources.find(({ name }) => name === "Employee");
    expect(employee?.relationships.map(({ kind, name, target }) => [kind, name, target])).toEqual([
      ["belongsTo", "reportsTo", "Employee"],
      ["hasMany", "reports", "Employee"],
      ["hasMany", "orders", "Order"],
      ["manyToMany", "territories", "Territory"],
    ]);
  });
});
