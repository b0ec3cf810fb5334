import { expect, test } from "vitest";
import { readModel } from "../read/readModel.ts";
import { dealSources } from "../testing/dealSources.ts";
import { fieldPolicySentences, policySentence } from "./policySentence.ts";

const model = readModel(dealSources).draft;

function deal() {
  const resource = model.resources.find(({ name }) => name === "Deal");
  if (!resource) throw new Error("There is no Deal.");
  return resource;
}

const said = (effect: "allow" | "forbid", expression: string) =>
  policySentence(deal(), { effect, actions: ["read", "update"], expression }, model);

test.each([
  ["true", "Everyone may read and update deals"],
  ["actor.kind == 'user'", "Everyone who is signed in may read and update deals"],
  ["size(actor.roles) > 0", "Everyone who has a role may read and update deals"],
  ["'sales' in actor.roles", "Everyone whose role is sales may read and update deals"],
  ["owner == actor.id", "Everyone may read and update a deal if its owner is the person asking"],
  [
    "('sales' in actor.roles || 'manager' in actor.roles) && owner == actor.id",
    "Everyone whose role is sales or manager may read and update a deal if its owner is the person asking",
  ],
  [
    "actor.kind != 'anonymous'",
    "Everyone may read and update a deal if the kind of the person asking is not anonymous",
  ],
])("what is allowed where %s names its circle first", (expression, sentence) => {
  expect(said("allow", expression)).toBe(sentence);
});

test("what is forbidden is said of nobody, one action or the other", () => {
  expect(said("forbid", "'sales' in actor.roles && owner == actor.id")).toBe(
    "Nobody whose role is sales may read or update a deal while its owner is the person asking",
  );
});

test("a condition that has no words stands as its text", () => {
  expect(said("allow", "not an expression")).toBe("Everyone may read and update a deal if `not an expression`");
});

test("fields for those who are signed in", () => {
  expect(fieldPolicySentences(deal(), { fields: ["title"], read: "actor.kind == 'user'" }, model)).toEqual([
    "Only those who are signed in may read the title of deals",
  ]);
});
