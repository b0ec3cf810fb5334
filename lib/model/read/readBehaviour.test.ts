import { expect, test } from "vitest";
import { printSources } from "../print/printSources.ts";
import { dealSources } from "../testing/dealSources.ts";
import { readModel } from "./readModel.ts";

function deal() {
  const { draft, problems } = readModel(dealSources);
  expect(problems).toEqual([]);
  const found = draft.resources.find(({ name }) => name === "Deal");
  if (!found) throw new Error("There is no deal.");
  return { draft, found };
}

test("calculations, aggregates and checks are read with what they depend on", () => {
  const { found } = deal();
  expect(found.calculations?.[0]).toEqual({
    name: "weighted",
    type: { kind: "decimal", scale: 2 },
    expression: "amount * probability / 100.0",
    column: "weighted",
  });
  expect(found.aggregates?.[2]).toEqual({
    name: "openValue",
    function: "sum",
    path: ["company", "deals"],
    field: "amount",
    where: "stage == 'lead'",
  });
  expect(found.aggregates?.[3]?.order).toEqual([{ name: "at", descending: true }]);
  expect(found.validations?.[1]).toEqual({
    expression: "amount > 0",
    message: "A won deal has an amount",
    when: "stage == 'won'",
    actions: ["update"],
  });
});

test("states, actions and policies are read", () => {
  const { found } = deal();
  expect(found.states?.transitions).toEqual([
    { action: "qualify", from: ["lead"], to: "qualified" },
    { action: "win", from: ["qualified"], to: "won", when: "amount > 0" },
    { action: "lose", from: [], to: "lost" },
    { action: "reopen", from: ["won", "lost"], to: "lead" },
  ]);
  expect(found.actions).toEqual(["read", "create", "update", "destroy"]);
  expect(found.definedActions?.map(({ name, type }) => [name, type])).toEqual([
    ["create", "create"],
    ["win", "update"],
    ["overdueOnes", "read"],
    ["register", "create"],
  ]);
  expect(found.definedActions?.[1]).toEqual({
    name: "win",
    type: "update",
    accept: ["closedOn"],
    arguments: [{ name: "reason", type: { kind: "text" }, required: false, maxLength: 200 }],
    set: [{ field: "notes", expression: "arguments.reason" }],
    require: [{ expression: "amount > 0", message: "Give the deal an amount first" }],
  });
  expect(found.policies?.map(({ effect, actions }) => [effect, actions])).toEqual([
    ["allow", ["read"]],
    ["allow", ["*"]],
    ["forbid", ["destroy"]],
  ]);
  expect(found.fieldPolicies).toEqual([
    { fields: ["amount"], read: "actor.role != 'sales'", write: "'manager' in actor.roles" },
  ]);
  expect(found.conditionalUniques).toEqual([{ fields: ["number"], when: "stage != 'lost'" }]);
});

test("features and roles are read", () => {
  const { draft, found } = deal();
  expect(found.features).toEqual({
    softDelete: { column: "deleted_at" },
    history: true,
    versioned: { column: "version", required: true },
    timestamps: { createdColumn: "created_at", updatedColumn: "updated_at" },
    search: { fields: ["title", "notes"], language: "english" },
    order: [
      { name: "createdAt", descending: true },
      { name: "title", descending: false },
    ],
  });
  expect(draft.app).toEqual({
    name: "Sales",
    roles: [{ name: "manager", describe: "Leads a team" }, { name: "sales" }],
    users: "Person",
  });
});

test("what was read is printed as it was written", () => {
  expect(printSources(deal().draft)).toEqual(dealSources);
});

test("where an expression stands is known", () => {
  const { places } = readModel(dealSources);
  const textAt = (...path: string[]) => {
    const place = places.rangeOf(["Deal", ...path]);
    return place && dealSources[place.file]?.slice(place.range.start.offset, place.range.end.offset);
  };
  expect(textAt("calculations", "overdue", "expression")).toBe(`"stage != 'won' && dueOn < today()"`);
  expect(textAt("aggregates", "openValue", "where")).toBe(`"stage == 'lead'"`);
  expect(textAt("validations", "1", "when")).toBe(`"stage == 'won'"`);
  expect(textAt("states", "transitions", "win", "when")).toBe(`"amount > 0"`);
  expect(textAt("actions", "win", "set", "notes", "expression")).toBe(`"arguments.reason"`);
  expect(textAt("actions", "win", "require", "0", "expression")).toBe(`"amount > 0"`);
  expect(textAt("actions", "overdueOnes", "where")).toBe(`"dueOn < today()"`);
  expect(textAt("policies", "2", "expression")).toBe(`"stage == 'won'"`);
  expect(textAt("fieldPolicies", "0", "write")).toBe(`"'manager' in actor.roles"`);
  expect(textAt("conditionalUniques", "0", "when")).toBe(`"stage != 'lost'"`);
});
