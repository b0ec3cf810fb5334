import { expect, test } from "vitest";
import { checkExpression } from "#lib/expression/check/checkExpression.ts";
import { scopeOf } from "#lib/model/expressions/scopeOf.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import { sampleSources } from "../../testing/sampleSources.ts";
import { needsCaller, sampleLines } from "./sampleLines.ts";
import { sampleRows } from "./sampleRows.ts";

const customers = [
  { id: "c1", companyName: "Ada" },
  { id: "c2", companyName: "Bo" },
];
const orders = [
  { id: "o1", customerId: "c1", orderedOn: "2026-01-01", shippingCost: "2.50", tags: ["t1"] },
  { id: "o2", customerId: "c1", orderedOn: "2026-01-02", shippingCost: null, stage: "shipped", replacesId: "o1" },
];
const tags = [{ id: "t1", label: "new" }];

const seeds = { "seeds/customer.json": customers, "seeds/order.json": orders, "seeds/tag.json": tags };
const seeded = {
  ...sampleSources(),
  ...Object.fromEntries(Object.entries(seeds).map(([path, rows]) => [path, JSON.stringify(rows)])),
};

function values(text: string, resource: string, sources = seeded): readonly (string | null)[] {
  const { draft: model } = readModel(sources);
  const { expression, problems } = checkExpression(text, scopeOf(model, resource));
  const about = model.resources.find(({ name }) => name === resource);
  if (!expression || !about) throw new Error(problems[0]?.message);
  const samples = { model, rows: sampleRows(model, sources), now: new Date("2026-03-01T12:00:00Z") };
  return sampleLines(expression, about, samples).map(({ value }) => value);
}

test("fields, defaults and empty values of seeds", () => {
  expect(values("shippingCost + 1", "Order")).toEqual(["3.50", null]);
  expect(values("stage", "Order")).toEqual(["open", "shipped"]);
  expect(values("daysBetween(orderedOn, today())", "Order")).toEqual(["59", "58"]);
});

test("relationships of all kinds are followed among the seeds", () => {
  expect(values("customer.companyName", "Order")).toEqual(["Ada", "Ada"]);
  expect(values("replaces.shippingCost", "Order")).toEqual([null, "2.50"]);
  expect(values("count(orders)", "Customer")).toEqual(["2", "0"]);
  expect(values("sum(orders.shippingCost)", "Customer")).toEqual(["2.50", null]);
  expect(values("exists(tags, label == 'new')", "Order")).toEqual(["yes", "no"]);
  expect(values("count(orders)", "Tag")).toEqual(["1"]);
});

test("calculations of other records are worked out too", () => {
  const order = sampleSources()["domain/order.ts"]?.replace(
    "  relationships: {",
    '  calculations: { doubled: decimal("shippingCost * 2") },\n  relationships: {',
  );
  expect(values("sum(orders.doubled)", "Customer", { ...seeded, "domain/order.ts": order ?? "" })).toEqual([
    "5.00",
    null,
  ]);
});

test("without seeds rows are made up, and say so", () => {
  const { draft } = readModel(sampleSources());
  const rows = sampleRows(draft, sampleSources());
  expect(rows.isMadeUp("Order")).toBe(true);
  expect(values("customer.companyName", "Order", sampleSources())).toEqual(["Example 1", "Example 2", "Example 3"]);
});

test("what depends on who asks is told apart", () => {
  const scope = scopeOf(readModel(sampleSources()).draft, "Order");
  const needs = (text: string) => {
    const { expression } = checkExpression(text, scope);
    return expression && needsCaller(expression);
  };
  expect(needs("actor.id == 'x' || stage == 'open'")).toBe(true);
  expect(needs("orderedOn < today()")).toBe(false);
});
