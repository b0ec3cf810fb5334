import { expect, test } from "vitest";
import { changeModel } from "../../model/commands/changeModel.ts";
import { readModel } from "../../model/read/readModel.ts";
import type { Model, Policy } from "../../model/types.ts";
import { comparedPolicies } from "./comparedPolicies.ts";

const { draft } = readModel({
  "gantry.config.ts": `import { app } from "gantry"; export default app({ name: "S", roles: ["sales"] });`,
  "domain/deal.ts": `import { integer, resource } from "gantry"; export default resource("Deal", { attributes: { amount: integer() } });`,
});
const read = (expression: string, ...actions: readonly string[]): Policy => ({
  effect: "allow",
  actions: ["read", ...actions],
  expression,
});
const withPolicies = (model: Model, ...policies: readonly Policy[]): Model => ({
  ...model,
  resources: model.resources.map((one) => ({ ...one, policies })),
});

test("policies of after are told in the names of before", () => {
  const before = withPolicies(draft, read("amount > 5"));
  const renamed = changeModel(before, { type: "renameAttribute", resource: "Deal", attribute: "amount", to: "worth" });
  expect(comparedPolicies(before, renamed.model)).toEqual({ resources: [], skipped: [] });
  expect(comparedPolicies(before, withPolicies(renamed.model, read("worth > 9")))).toEqual({
    resources: [{ resource: "Deal", policies: [read("amount > 9")] }],
    skipped: [],
  });
});

test("what speaks of fields that are not there yet says so", () => {
  const { model } = changeModel(draft, {
    type: "addAttribute",
    resource: "Deal",
    name: "secret",
    options: { type: { kind: "boolean" } },
  });
  expect(comparedPolicies(draft, withPolicies(model, read("!secret")))).toEqual({
    resources: [],
    skipped: ["Deal: its policies speak of what the database does not have yet."],
  });
});

test("a role that is new may be named", () => {
  const after = withPolicies(
    { ...draft, app: { ...draft.app, roles: [{ name: "clerk" }] } },
    read("'clerk' in actor.roles"),
  );
  expect(comparedPolicies(draft, after)).toMatchObject({ resources: [{ resource: "Deal" }], skipped: [] });
});

test("policies of changes alone change no reading", () => {
  const before = withPolicies(draft, read("amount > 5"));
  expect(comparedPolicies(before, withPolicies(draft, read("amount > 5", "update"))).resources).toEqual([]);
});
