import { expect, test } from "vitest";
import { readModel } from "../read/readModel.ts";
import { actionSentence } from "./actionSentence.ts";
import { aggregateSentence } from "./aggregateSentence.ts";

const { model, problems } = readModel({
  "gantry.config.ts": `import { app } from "gantry";
export default app({ name: "Sales" });
`,
  "domain/company.ts": `import { hasMany, resource, sum, text } from "gantry";
export default resource("Company", {
  attributes: { name: text() },
  relationships: { deals: hasMany("Deal", { via: "company" }) },
  aggregates: { wonTotal: sum("deals.amount", { where: "stage == 'won'" }) },
});
`,
  "domain/deal.ts": `import { belongsTo, choice, create, date, decimal, read, resource, update } from "gantry";
export default resource("Deal", {
  attributes: {
    stage: choice(["lead", "won"], { default: "lead" }),
    amount: decimal(),
    closedOn: date(),
  },
  relationships: { company: belongsTo("Company") },
  states: { attribute: "stage", transitions: { win: "lead -> won" } },
  actions: {
    read: {},
    create: {},
    win: update({ accept: ["closedOn"], require: ["amount > 0"] }),
    open: read({ where: "stage == 'lead'" }),
  },
});
`,
});

const sentence = (name: string) => {
  const deal = model?.resources.find((resource) => resource.name === "Deal");
  const action = deal?.definedActions?.find((one) => one.name === name);
  return model && deal && action && actionSentence(model, deal, action);
};

test("an action says what it takes, does and needs", () => {
  expect(problems.map(({ message }) => message)).toEqual([]);
  expect(sentence("win")).toBe(
    "Win a deal: takes closed on, moves the stage from lead to won, only if the amount is greater than 0.",
  );
  expect(sentence("open")).toBe("Open: deals for which the stage is lead.");
});

test("an aggregate says over which records it is", () => {
  const company = model?.resources.find((resource) => resource.name === "Company");
  const [aggregate] = company?.aggregates ?? [];
  expect(model && company && aggregate && aggregateSentence(model, company, aggregate)).toBe(
    "the sum of the amount of the deals for which the stage is won",
  );
});
