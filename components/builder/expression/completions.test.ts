import { expect, test } from "vitest";
import { scopeOf } from "#lib/model/expressions/scopeOf.ts";
import { sampleModel } from "../testing/sampleModel.ts";
import { completionsAt } from "./completions.ts";

const scope = scopeOf(sampleModel(), "Order");
const customers = scopeOf(sampleModel(), "Customer");

/** Labels offered where `|` stands. */
function offered(marked: string, of = scope): readonly string[] {
  const position = marked.indexOf("|");
  return completionsAt(marked.replace("|", ""), position, { scope: of }).options.map(({ label }) => label);
}

test("at the beginning stand the members of the record, who asks, and functions", () => {
  expect(offered("|")).toEqual(expect.arrayContaining(["shippingCost", "customer", "actor", "coalesce", "exists"]));
  expect(offered("|")).not.toContain("arguments");
});

test("a path goes on with the members of what it leads to", () => {
  expect(offered("customer.|")).toContain("companyName");
  expect(offered("customer.comp|")).not.toContain("shippingCost");
  expect(offered("replaces.customer.|")).toContain("companyName");
  expect(offered("actor.|")).toEqual(expect.arrayContaining(["id", "role", "roles"]));
});

test("within the brackets of a quantifier stand the names of the related record", () => {
  expect(offered("exists(orders, |", customers)).toEqual(expect.arrayContaining(["stage", "record"]));
  expect(offered("exists(orders, |", customers)).not.toContain("companyName");
  expect(offered("exists(orders, true) && |", customers)).toContain("companyName");
  expect(offered("orders.exists(o, o.|", customers)).toContain("stage");
});

test("options of what is compared are offered, with quotes and within them", () => {
  expect(offered("stage == |")).toEqual(expect.arrayContaining(["'open'", "'shipped'"]));
  expect(offered("stage == '|'")).toEqual(["open", "shipped"]);
  expect(offered("stage in ['open', '|")).toEqual(["open", "shipped"]);
  expect(offered("amount == '|'")).toEqual([]);
});

test("what is replaced is the name that is being written, or all between the quotes", () => {
  expect(completionsAt("customer.comp", 13, { scope })).toMatchObject({ from: 9, to: 13 });
  expect(completionsAt("stage == 'op'", 12, { scope })).toMatchObject({ from: 10, to: 12 });
});

test("whatever is being written, there is an answer", () => {
  for (const text of ["(((", "a..", "'", "exists(", "x.y.(", "[1,", "== =="]) {
    for (let at = 0; at <= text.length; at++) expect(completionsAt(text, at, { scope }).options).toBeDefined();
  }
});
