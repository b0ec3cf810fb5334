import { expect, test } from "vitest";
import { changeModel } from "../commands/changeModel.ts";
import type { ModelCommand } from "../commands/ModelCommand.ts";
import { readModel } from "../read/readModel.ts";
import { dealSources } from "../testing/dealSources.ts";
import { fieldPolicySentences, policySentence } from "../words/policySentence.ts";
import { describeChange } from "./describeChange.ts";
import { diffModels } from "./diffModels.ts";

const { draft } = readModel(dealSources);
const deal = draft.resources.find(({ name }) => name === "Deal") ?? draft.resources[0];

/** What becomes of the app of deals by some commands, in words. */
function saidOf(...commands: readonly ModelCommand[]): readonly string[] {
  const after = commands.reduce((model, command) => changeModel(model, command).model, draft);
  return diffModels(draft, after).map(describeChange);
}

test("a policy is a sentence", () => {
  const sentences = [
    { effect: "allow", actions: ["read"], expression: "actor.role == 'manager'" },
    {
      effect: "allow",
      actions: ["create", "update"],
      expression: "'manager' in actor.roles || 'sales' in actor.roles",
    },
    { effect: "allow", actions: ["read"], expression: "owner == actor.id" },
    { effect: "allow", actions: ["*"], expression: "true" },
    { effect: "forbid", actions: ["destroy"], expression: "stage == 'won'" },
    { effect: "forbid", actions: ["win"], expression: "actor.role == 'sales'" },
  ] as const;
  expect(deal && sentences.map((policy) => policySentence(deal, policy, draft))).toEqual([
    "Everyone whose role is manager may read deals",
    "Everyone whose role is manager or sales may create and update deals",
    "Everyone may read a deal if its owner is the person asking",
    "Everyone may do anything with deals",
    "Nobody may destroy a deal while its stage is won",
    "Nobody whose role is sales may win deals",
  ]);
  expect(
    deal &&
      fieldPolicySentences(
        deal,
        { fields: ["amount"], read: "'manager' in actor.roles", write: "stage == 'lead'" },
        draft,
      ),
  ).toEqual([
    "Only those whose role is manager may read the amount of deals",
    "The amount of a deal may be written only if its stage is lead",
  ]);
});

test("changes of policies are told as what people may do now", () => {
  const policy = { effect: "allow", actions: ["read"], expression: "'sales' in actor.roles" } as const;
  expect(saidOf({ type: "changePolicies", resource: "Deal", change: { kind: "add", item: policy } })).toEqual([
    "Everyone whose role is sales may now read deals",
  ]);
  expect(saidOf({ type: "changePolicies", resource: "Deal", change: { kind: "remove", index: 1 } })).toEqual([
    "Everyone whose role is manager may no longer do anything with deals",
  ]);
  expect(saidOf({ type: "changePolicies", resource: "Deal", change: { kind: "remove", index: 2 } })).toEqual([
    "It is no longer so that nobody may destroy a deal while its stage is won",
  ]);
});

test("what is worked out, checked and done is told", () => {
  const transitions = (deal?.states?.transitions ?? []).filter(({ action }) => action !== "reopen");
  expect(saidOf({ type: "setStates", resource: "Deal", states: { attribute: "stage", transitions } })).toEqual([
    "Deals can no longer go from won or lost to lead (reopen)",
  ]);
  expect(
    saidOf({ type: "setExpression", path: ["Deal", "calculations", "weighted", "expression"], to: "amount * 2" }),
  ).toEqual(["Deal.weighted is now the amount times 2"]);
  expect(saidOf({ type: "setAction", resource: "Deal", action: { name: "win", type: "update", accept: [] } })).toEqual([
    "win of Deal no longer accepts closedOn",
    "win of Deal no longer needs anything",
    "win of Deal now takes other arguments",
    "win of Deal now sets other values",
  ]);
  expect(
    saidOf({ type: "setFeatures", resource: "Deal", features: { softDelete: undefined, order: undefined } }),
  ).toEqual(["Destroyed deals are no longer kept", "Lists of deals come in no order of their own any more"]);
  expect(saidOf({ type: "setRoles", roles: [{ name: "manager", describe: "Leads a team" }] })).toEqual([
    "There is no role sales any more",
  ]);
});

test("a rename is told once, whatever speaks of what is renamed", () => {
  expect(saidOf({ type: "renameAttribute", resource: "Deal", attribute: "amount", to: "value" })).toEqual([
    "Deal.amount is now called value",
  ]);
  expect(saidOf({ type: "renameChoice", resource: "Deal", attribute: "stage", option: "won", to: "closed" })).toEqual([
    "The option won of Deal.stage is now called closed",
  ]);
  expect(saidOf({ type: "renameRelationship", resource: "Deal", relationship: "owner", to: "seller" })).toEqual([
    "Deal.owner is now called seller",
  ]);
  expect(saidOf({ type: "renameCalculation", resource: "Deal", calculation: "weighted", to: "expected" })).toEqual([
    "Deal.weighted is now called expected",
  ]);
  expect(saidOf({ type: "renameResource", resource: "Person", to: "Employee" })).toEqual([
    "Person is now called Employee",
  ]);
});

test("an app is the same as itself read again", () => {
  expect(diffModels(draft, readModel({ ...dealSources }).draft)).toEqual([]);
});
