import type { Model, Resource } from "../../model/types.ts";
import { salesModel } from "./salesModel.ts";

const computed: Readonly<Record<string, Partial<Resource>>> = {
  Company: {
    calculations: [
      { name: "label", type: { kind: "text" }, expression: "name + coalesce(' in ' + city, '')" },
      { name: "isLarge", type: { kind: "boolean" }, expression: "size == 'large'" },
      { name: "rank", type: { kind: "integer" }, expression: "isLarge ? 1 : dealCount + 1" },
      {
        name: "average",
        type: { kind: "decimal", scale: 2 },
        expression: "totalValue / dealCount",
        describe: "Nested in two aggregates.",
      },
    ],
    aggregates: [
      { name: "dealCount", function: "count", path: ["deals"] },
      { name: "totalValue", function: "sum", path: ["deals"], field: "amount" },
      { name: "openValue", function: "sum", path: ["deals"], field: "amount", where: "stage == 'lead'" },
      { name: "hasWon", function: "exists", path: ["deals"], where: "stage == 'won'" },
      { name: "lastClosed", function: "max", path: ["deals"], field: "closedOn" },
      { name: "tagUses", function: "count", path: ["deals", "tags"] },
      {
        name: "newest",
        function: "first",
        path: ["deals"],
        field: "title",
        order: [{ name: "createdAt", descending: true }],
      },
      {
        name: "stages",
        function: "list",
        path: ["deals"],
        field: "stage",
        order: [{ name: "createdAt", descending: false }],
      },
      { name: "groupValue", function: "sum", path: ["subsidiaries"], field: "totalValue" },
      { name: "siblingCount", function: "count", path: ["parent", "subsidiaries"], where: "isLarge != true" },
    ],
  },
  Deal: {
    calculations: [
      { name: "weighted", type: { kind: "decimal" }, expression: "amount * quantity / 4.0" },
      { name: "companyLabel", type: { kind: "text" }, expression: "company.label + ': ' + title" },
      { name: "share", type: { kind: "decimal", scale: 3 }, expression: "amount / company.totalValue" },
      { name: "bossName", type: { kind: "text" }, expression: "owner.boss.name" },
      { name: "isOld", type: { kind: "boolean" }, expression: "createdAt < now()" },
      {
        name: "outcome",
        type: {
          kind: "choice",
          options: [
            { name: "good", stored: "g" },
            { name: "bad", stored: "b" },
          ],
        },
        expression: "stage == 'won' ? 'good' : (stage == 'lost' ? 'bad' : null)",
      },
    ],
    aggregates: [
      { name: "tagCount", function: "count", path: ["tags"] },
      { name: "colours", function: "list", path: ["tags"], field: "colour" },
    ],
  },
  Person: {
    aggregates: [{ name: "teamDeals", function: "count", path: ["reports", "deals"] }],
  },
};

/** The sales model with calculations and aggregates: nested in each other, over relationships, of every function. */
export const computedModel: Model = {
  ...salesModel,
  resources: salesModel.resources.map((resource) => ({ ...resource, ...computed[resource.name] })),
};
