import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { closest } from "../../expression/closest.ts";
import { camelCase } from "./camelCase.ts";
import { enumName } from "./enumName.ts";
import { fileOf } from "./fileOf.ts";
import { queryFields } from "./graphqlNames.ts";
import { kebabCase } from "./kebabCase.ts";
import { fieldNameShape, resourceNameShape, storedNameShape } from "./nameShape.ts";
import { pascalCase } from "./pascalCase.ts";
import { pluralOf } from "./pluralOf.ts";
import { restPath } from "./restPath.ts";
import { singularOf } from "./singularOf.ts";
import { snakeCase } from "./snakeCase.ts";
import { defaultJoin } from "./storedNames.ts";

test.each([
  ["OrderDetail", "orderDetail", "order_detail", "order-detail"],
  ["order_details", "orderDetails", "order_details", "order-details"],
  ["APIKey", "apiKey", "api_key", "api-key"],
  ["parseHTML5Text", "parseHtml5Text", "parse_html5_text", "parse-html5-text"],
  ["address2", "address2", "address2", "address2"],
  ["customer id", "customerId", "customer_id", "customer-id"],
  ["ÄrgerNis", "ärgerNis", "ärger_nis", "ärger-nis"],
  ["", "", "", ""],
  ["__", "", "", ""],
])("%s in each spelling", (name, camel, snake, kebab) => {
  expect([camelCase(name), snakeCase(name), kebabCase(name)]).toEqual([camel, snake, kebab]);
  expect(pascalCase(name)).toBe(camel.slice(0, 1).toUpperCase() + camel.slice(1));
});

test.each([
  ["Order", "orders"],
  ["OrderDetail", "orderDetails"],
  ["Category", "categories"],
  ["SalesPerson", "salesPeople"],
  ["Address", "addresses"],
  ["Status", "statuses"],
  ["Equipment", "equipmentList"],
  ["News", "newsList"],
  ["Orders", "ordersList"],
  ["SKU", "skus"],
  ["Line2", "line2s"],
  ["X", "xes"],
])("many %s are %s", (name, plural) => {
  expect(pluralOf(name)).toBe(plural);
});

test.each([
  ["order_details", "OrderDetail"],
  ["categories", "Category"],
  ["employees", "Employee"],
  ["us_states", "UsState"],
  ["region", "Region"],
  ["status", "Status"],
  ["gas", "Gas"],
  ["people", "Person"],
  ["address", "Address"],
])("one of %s is a %s", (plural, name) => {
  expect(singularOf(plural)).toBe(name);
});

test("a plural is never the singular, and both can be written in an API", () => {
  const names = fc.stringMatching(/^[A-Z][a-zA-Z0-9]{0,20}$/);
  fc.assert(
    fc.property(names, (name) => {
      const plural = pluralOf(name);
      expect(plural).not.toBe(queryFields({ name, plural }).one);
      expect(fieldNameShape(plural)).toBeNull();
      expect(restPath({ plural })).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(fileOf(name)).toMatch(/^domain\/[a-z][a-z0-9-]*\.ts$/);
    }),
  );
});

describe("shapes", () => {
  test.each(["order", "Order Form", "2Order", "Bestellüng", "", "O".repeat(64)])("%j is no resource's name", (name) => {
    expect(resourceNameShape(name)).toMatch(/\.$/);
  });

  test.each(["Order", "_x", "a b", "", "a-b", "größe"])("%j is no attribute's name", (name) => {
    expect(fieldNameShape(name)).toMatch(/\.$/);
  });

  test("a stored name is any text of 63 bytes without control characters", () => {
    expect(storedNameShape('Tbl "x" ü 漢')).toBeNull();
    expect(storedNameShape("x".repeat(63))).toBeNull();
    for (const name of ["", "a\u0000", "a\nb", "x".repeat(64), "ü".repeat(32), "\ud800"]) {
      expect(storedNameShape(name)).toMatch(/\.$/);
    }
  });
});

test("a join table is named after the side that owns it", () => {
  const order = { name: "Order", table: "orders" };
  expect(defaultJoin(order, "tags", "Tag")).toEqual({
    table: "orders_tags",
    sourceColumn: "order_id",
    targetColumn: "tag_id",
  });
  expect(defaultJoin(order, "replaces", "Order")).toEqual({
    table: "orders_replaces",
    sourceColumn: "source_id",
    targetColumn: "target_id",
  });
});

test("the type of a choice steps aside where its resource has one of that name", () => {
  expect(enumName({ name: "Order" }, { name: "stage" })).toBe("OrderStage");
  expect(enumName({ name: "Device" }, { name: "connection" })).toBe("DeviceConnectionChoice");
});

test.each([
  ["Custmer", ["Customer", "Order"], "Customer"],
  ["customer", ["Customer", "Order"], "Customer"],
  ["nmae", ["name", "date"], "name"],
  ["freight", ["stage", "customer"], null],
  ["", ["a"], "a"],
])("what was meant by %s", (word, candidates, meant) => {
  expect(closest(word, candidates)).toBe(meant);
});
