import { expect, test } from "vitest";
import { applyCommand } from "#lib/model/commands/applyCommand.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import { sampleSources } from "../../testing/sampleSources.ts";
import { policyExamples } from "./policyExamples.ts";

const sources = applyCommand(applyCommand(sampleSources(), { type: "setRoles", roles: [{ name: "sales" }] }), {
  type: "setUsers",
  users: "Customer",
});

function examplesOf(name: string) {
  const { draft } = readModel(sources);
  const resource = draft.resources.find((one) => one.name === name);
  return resource ? policyExamples(draft, resource) : [];
}

test("a resource is offered policies about its own relationships and stages", () => {
  expect(examplesOf("Order").map(({ title, policy }) => [title, policy.expression])).toEqual([
    ["Everyone signed in", "actor.kind == 'user'"],
    ["The role sales", "'sales' in actor.roles"],
    ["The customer only", "customer == actor.id"],
    ["Never destroy an order while its stage is shipped", "stage == 'shipped'"],
  ]);
  expect(examplesOf("Customer").map(({ policy }) => policy.expression)).toContain("id == actor.id");
});

test("each of them is a sound policy", () => {
  for (const resource of ["Order", "Customer", "Tag"]) {
    for (const { policy } of examplesOf(resource)) {
      const added = applyCommand(sources, { type: "changePolicies", resource, change: { kind: "add", item: policy } });
      expect(readModel(added).problems).toEqual([]);
    }
  }
});
