import { expect, test } from "vitest";
import { readModel } from "#lib/model/read/readModel.ts";
import { removalConsequences } from "./removal.ts";
import { usesOfField } from "./usesOf.ts";

const { model, problems } = readModel({
  "gantry.config.ts": `import { app } from "gantry";
export default app({ name: "Sales" });
`,
  "domain/company.ts": `import { hasMany, resource, sum, text } from "gantry";
export default resource("Company", {
  attributes: { name: text() },
  relationships: { deals: hasMany("Deal", { via: "company" }) },
  aggregates: { total: sum("deals.amount", { where: "stage == 'won'" }) },
});
`,
  "domain/deal.ts": `import { belongsTo, boolean, check, choice, decimal, resource, update } from "gantry";
export default resource("Deal", {
  attributes: {
    stage: choice(["lead", "won"], { default: "lead" }),
    amount: decimal(),
  },
  relationships: { company: belongsTo("Company") },
  calculations: { large: boolean("amount > 1000") },
  validations: [check("amount >= 0", { message: "An amount is not negative.", field: "amount" })],
  states: { attribute: "stage", transitions: { win: "lead -> won" } },
  actions: { read: {}, update: {}, win: update({ accept: ["amount"], require: "large" }) },
});
`,
});

if (!model) throw new Error(problems.map(({ message }) => message).join(" "));

test("a field is used by expressions of any resource, by paths and by lists of fields", () => {
  expect(usesOfField(model, "Deal", "amount")).toEqual([
    "the calculation Deal.large",
    "a validation of Deal",
    "the aggregate Company.total",
    "the action win of Deal",
  ]);
  expect(usesOfField(model, "Deal", "stage")).toEqual(["the aggregate Company.total", "the states of Deal"]);
  expect(usesOfField(model, "Company", "deals")).toEqual(["the aggregate Company.total"]);
  expect(usesOfField(model, "Company", "name")).toEqual([]);
});

test("removing asks before others would be left with a name that is not there", () => {
  expect(removalConsequences(model, { kind: "calculation", resource: "Deal", name: "large" })).toEqual([
    "The action win of Deal uses it and must be changed.",
  ]);
  expect(removalConsequences(model, { kind: "action", resource: "Deal", name: "win" })).toEqual([
    "The transition win stays; it takes, sets and requires nothing more.",
  ]);
  expect(removalConsequences(model, { kind: "aggregate", resource: "Company", name: "total" })).toEqual([]);
});
