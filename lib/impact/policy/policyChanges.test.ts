import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testSeed } from "#tests/support/testSeed.ts";
import { changeModel } from "../../model/commands/changeModel.ts";
import { readModel } from "../../model/read/readModel.ts";
import { drawModel } from "../../model/testing/arbitraryModel.ts";
import type { FieldPolicy, Model, Policy } from "../../model/types.ts";
import { policyChanges } from "./policyChanges.ts";

const { draft: base } = readModel({
  "gantry.config.ts": `import { app } from "gantry"; export default app({ name: "S", roles: ["sales", "manager"], users: "Person" });`,
  "domain/person.ts": `import { resource, text, read, create, update, destroy } from "gantry"; export default resource("Person", { attributes: { name: text() } });`,
  "domain/deal.ts": `import { belongsTo, boolean, integer, resource, text } from "gantry";
    export default resource("Deal", { attributes: { title: text(), amount: integer(), isOpen: boolean() }, relationships: { owner: belongsTo("Person") } });`,
});

const allow = (expression: string, ...actions: readonly string[]): Policy => ({ effect: "allow", actions, expression });
const forbid = (expression: string, ...actions: readonly string[]): Policy => ({
  effect: "forbid",
  actions,
  expression,
});

function withPolicies(policies: readonly Policy[], fieldPolicies: readonly FieldPolicy[] = []): Model {
  const resources = base.resources.map((one) => (one.name === "Deal" ? { ...one, policies, fieldPolicies } : one));
  return { ...base, resources };
}

const told = (before: Model, after: Model) =>
  policyChanges(before, after).changes.map(({ direction, sentence }) => `${direction}: ${sentence}`);

const sales = allow("'sales' in actor.roles", "read");
const own = allow("owner == actor.id", "read");

describe("who may do more or less is said for each kind of people", () => {
  const cases: readonly [string, readonly Policy[], readonly Policy[], readonly string[]][] = [
    ["a role is let in", [], [sales], ["wider: A sales user may now read all deals"]],
    ["a role is shut out", [sales], [], ["narrower: A sales user may no longer read deals"]],
    [
      "a condition falls",
      [allow("'sales' in actor.roles && isOpen", "read")],
      [sales],
      ["wider: A sales user may now read all deals, not only where it is open"],
    ],
    [
      "a condition comes",
      [sales],
      [sales, forbid("isOpen", "read")],
      ["narrower: A sales user may now read a deal only where it is not open; before, all deals"],
    ],
    [
      "a way in is added to one there is",
      [allow("isOpen", "read")],
      [allow("isOpen", "read"), allow("amount > 5", "read")],
      [
        expect.stringMatching(/^wider: A sales user may now read a deal only where .*; before, only where it is open$/),
        expect.stringMatching(/^wider: A manager user/),
        expect.stringMatching(/^wider: Someone signed in without a role/),
        expect.stringMatching(/^wider: Someone who is not signed in/),
      ],
    ],
    [
      "another condition is neither",
      [allow("'sales' in actor.roles && isOpen", "read")],
      [allow("'sales' in actor.roles && amount > 5", "read")],
      [expect.stringMatching(/^other: A sales user/)],
    ],
    ["the same in another order says nothing", [sales, own], [own, sales], []],
  ];
  test.each(cases)("%s", (_, before, after, sentences) => {
    expect(told(withPolicies(before), withPolicies(after))).toEqual(sentences);
  });

  test("of fields too", () => {
    const closed = withPolicies([sales], [{ fields: ["amount"], read: "'manager' in actor.roles" }]);
    expect(told(closed, withPolicies([sales]))).toEqual(["wider: A sales user may now read the amount of deals"]);
    expect(told(withPolicies([sales]), closed)).toEqual([
      "narrower: A sales user may no longer read the amount of deals",
    ]);
  });

  test("the matrix shows both sides of what differs, and nothing of what does not", () => {
    const { matrices } = policyChanges(withPolicies([]), withPolicies([sales]));
    expect(matrices.map(({ resource }) => resource)).toEqual(["Deal"]);
    const row = matrices[0]?.rows.find(({ asker }) => asker.name === "sales");
    expect(row?.cells[0]).toEqual({ before: "no", after: "yes", direction: "wider" });
    expect(row?.cells[1]).toEqual({ before: "no", after: "no", direction: null });
  });

  test("a named read that changes as reading does is told once, and by its name where it alone changes", () => {
    const named = (...policies: readonly Policy[]): Model => ({
      ...base,
      resources: base.resources.map((one) =>
        one.name === "Deal" ? { ...one, policies, definedActions: [{ name: "stale", type: "read" }] } : one,
      ),
    });
    expect(told(named(), named(sales))).toEqual(["wider: A sales user may now read all deals"]);
    expect(told(named(), named(allow("'sales' in actor.roles", "stale")))).toEqual([
      "wider: A sales user may now read all deals by `stale`",
    ]);
  });

  test("a new resource tells whom it lets in", () => {
    const before = { ...base, resources: base.resources.filter(({ name }) => name !== "Deal") };
    expect(told(before, withPolicies([sales]))).toEqual(["new: A sales user may read deals, which are new"]);
  });
});

test("renames change nobody's access", () => {
  const before = withPolicies([allow("'sales' in actor.roles && amount > 5", "*")]);
  const renamed = changeModel(before, { type: "renameAttribute", resource: "Deal", attribute: "amount", to: "worth" });
  expect(told(before, renamed.model)).toEqual([]);
});

test("a model beside itself is as open as it is", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const model = drawModel(draw);
      expect(policyChanges(model, JSON.parse(JSON.stringify(model)))).toEqual({ changes: [], matrices: [] });
    }),
    { numRuns: 60, seed: testSeed, endOnFailure: true },
  );
});

test("what goes one way one way round goes the other way the other way round", () => {
  const contrary = { wider: "narrower", narrower: "wider", other: "other", new: "new" } as const;
  const expressions = ["true", "'sales' in actor.roles", "isOpen", "amount > 5", "owner == actor.id"] as const;
  const arbitrary = fc.array(
    fc.record({
      effect: fc.constantFrom("allow" as const, "allow" as const, "forbid" as const),
      actions: fc.constantFrom(["*"], ["read"], ["update"], ["create", "destroy"]),
      expression: fc
        .tuple(fc.constantFrom(...expressions), fc.constantFrom("&&", "||"), fc.constantFrom(...expressions))
        .map((parts) => parts.join(" ")),
    }),
    { maxLength: 4 },
  );
  const key = ({ asker, action, resource }: { asker: { id: string }; action: string | null; resource: string }) =>
    `${asker.id} ${action} ${resource}`;
  fc.assert(
    fc.property(arbitrary, arbitrary, (one, other) => {
      const [before, after] = [withPolicies(one), withPolicies(other)];
      const there = policyChanges(before, after).changes.map((change) => [key(change), change.direction] as const);
      const back = policyChanges(after, before).changes.map(
        (change) => [key(change), contrary[change.direction]] as const,
      );
      expect(there.toSorted()).toEqual(back.toSorted());
    }),
    { numRuns: 100, seed: testSeed },
  );
});
